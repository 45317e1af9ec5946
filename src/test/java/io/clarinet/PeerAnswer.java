package io.clarinet;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** What ONNX Runtime answers, for networks of one input of float32 and one output that counts. */
public final class PeerAnswer {
  private PeerAnswer() {}

  /** The numbers of a model's first output. */
  public static float[] of(OrtSession peer, Tensor input) throws OrtException {
    long[] shape = Arrays.stream(input.shape().dims()).asLongStream().toArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor x = OnnxTensor.createTensor(environment, input.floats(), shape);
        OrtSession.Result result = peer.run(Map.of(peer.getInputNames().iterator().next(), x))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      return copy;
    }
  }
}
