package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.SharedData.Mnist;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real ONNX exports that are no plain classifiers, or old ones, give their known answers. */
@RequiresOpenCl
class OnnxModelsTest {

  /** Initializers as graph inputs; shapes computed from the input's; boxes of four scales. */
  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void ultraFaceFindsItsBoxes(String device) throws IOException {
    Model model = Model.load(SharedData.file("models/ultraface/version-RFB-320.onnx"));
    assertThat(model.inputs()).hasSize(1);
    String refs = "refs/ultraface_version-RFB-320/";
    try (Session session = model.open(Device.find(device))) {
      List<Tensor> found = session.run(List.of(SharedData.npy(refs + "input_0.npy")));
      for (int i = 0; i < 2; i++) {
        Tensor golden = SharedData.npy(refs + (i == 0 ? "output_0.npy" : "output_0_1.npy"));
        assertThat(found.get(i).shape()).isEqualTo(golden.shape());
        assertThat(TestTensors.relativeError(found.get(i), golden)).isLessThan(1e-4);
      }
      assertThat(faces(found.get(0).floats())).isEqualTo(86);
    }
  }

  private static long faces(FloatBuffer scores) {
    long faces = 0;
    for (int i = 1; i < scores.limit(); i += 2) {
      faces += scores.get(i) > 0.7f ? 1 : 0;
    }
    return faces;
  }

  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void mnistIsReadOneByOneAndInBatches(String device) throws IOException {
    Model model = Model.load(SharedData.file("models/misc/opt-mnist_wonnx.onnx"));
    Mnist mnist = SharedData.mnist("mnist/mnist_test_first3000.bin");
    try (Session single = model.open(Device.find(device));
        Session batches = model.withAnyBatch().open(Device.find(device))) {
      assertThat(right(mnist, batches, 300, 3000)).isEqualTo(2943);
      assertThat(right(mnist, single, 1, 300)).isEqualTo(right(mnist, batches, 100, 300));
    }
  }

  private static int right(Mnist mnist, Session session, int batch, int count) {
    int right = 0;
    for (int from = 0; from < count; from += batch) {
      Tensor part = Tensor.zeros(Shape.of(batch, 1, 28, 28));
      part.floats().put(mnist.images().floats().slice(784 * from, 784 * batch));
      FloatBuffer scores = session.run(part).floats();
      for (int i = 0; i < batch; i++) {
        right += SharedData.argMax(scores, 10 * i, 10) == mnist.labels()[from + i] ? 1 : 0;
      }
    }
    return right;
  }
}
