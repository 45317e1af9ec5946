package io.clarinet.cli;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.clarinet.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime on the same file, all optimisations on and as many threads as cores. Loaded only if
 * it is on the class path.
 */
final class OnnxRuntimePeer implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final List<String> names;

  OnnxRuntimePeer(Path model) {
    try {
      environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
        session = environment.createSession(model.toString(), options);
      }
      names = List.copyOf(session.getInputNames());
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot load " + model, e);
    }
  }

  static String version() {
    return "onnxruntime " + OrtEnvironment.getEnvironment().getVersion();
  }

  /** Runs on inputs in declared order; the outputs in declared order, as float32. */
  List<float[]> run(List<Tensor> inputs) {
    Map<String, OnnxTensor> named = new LinkedHashMap<>();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        named.put(names.get(i), tensor(inputs.get(i)));
      }
      try (OrtSession.Result result = session.run(named)) {
        return copy(result);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      named.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor input) throws OrtException {
    long[] shape = Arrays.stream(input.shape().dims()).asLongStream().toArray();
    OnnxJavaType type =
        switch (input.type()) {
          case FLOAT32 -> OnnxJavaType.FLOAT;
          case FLOAT16 -> OnnxJavaType.FLOAT16;
          case BFLOAT16 -> OnnxJavaType.BFLOAT16;
          case FLOAT64 -> OnnxJavaType.DOUBLE;
          case UINT8 -> OnnxJavaType.UINT8;
          case INT32 -> OnnxJavaType.INT32;
          case INT64 -> OnnxJavaType.INT64;
          case BOOL -> OnnxJavaType.BOOL;
          default -> throw new IllegalStateException("ONNX Runtime is not given " + input);
        };
    return OnnxTensor.createTensor(environment, input.bytes(), shape, type);
  }

  private static List<float[]> copy(OrtSession.Result result) {
    List<float[]> outputs = new ArrayList<>();
    result.forEach(
        entry -> {
          java.nio.FloatBuffer values = ((OnnxTensor) entry.getValue()).getFloatBuffer();
          float[] copy = new float[values.remaining()];
          values.get(copy);
          outputs.add(copy);
        });
    return outputs;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
