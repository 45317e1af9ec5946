package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keras files give the answers of Keras, on OpenCL and on the CPU. */
@RequiresOpenCl
class KerasModelsTest {
  private static final List<String> DEVICES = List.of("cpu", "opencl");

  static List<String> filesWithReferences() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.file("keras/dl4j/refs"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".in.npy"))
          .map(name -> name.substring(0, name.length() - ".in.npy".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("filesWithReferences")
  void smallFilesAgreeWithTheirReferences(String name) throws IOException {
    requireAgreement(
        "keras/dl4j/" + name,
        SharedData.npy("keras/dl4j/refs/" + name + ".in.npy"),
        SharedData.npy("keras/dl4j/refs/" + name + ".out.npy"),
        1e-4);
  }

  @Test
  void aFileOfKerasAgreesWithWhatKerasItselfPredicted() throws IOException {
    requireAgreement(
        "keras/dl4j/cnn_batch_norm.h5",
        SharedData.npy("keras/dl4j/input.npy").as(ElementType.FLOAT32),
        predictions(),
        1e-4);
  }

  /** One column in Fortran order, which is the order of the rows. */
  private static Tensor predictions() throws IOException {
    byte[] bytes = Files.readAllBytes(SharedData.file("keras/dl4j/predictions.npy"));
    int count = 5 * Float.BYTES;
    ByteBuffer last = ByteBuffer.wrap(bytes, bytes.length - count, count);
    return Tensor.wrap(ElementType.FLOAT32, Shape.of(5, 1), last.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The expected numbers were worked out from the weights by numpy, in double precision. */
  @Test
  void aFileOfKerasOneAgreesWithNumpy() throws IOException {
    Tensor input = Tensor.zeros(Shape.of(1, 8, 8, 3));
    for (int i = 0; i < input.shape().size(); i++) {
      input.set(i, Math.sin(i));
    }
    Tensor expected = Tensor.of(Shape.of(1, 3), 0.3064867f, 0.33009747f, 0.36341584f);
    requireAgreement("keras/dl4j/keras1_cnn_tf_model.h5", input, expected, 1e-5);
  }

  private static void requireAgreement(String file, Tensor input, Tensor expected, double limit)
      throws IOException {
    Model model = Model.load(SharedData.file(file));
    for (String device : DEVICES) {
      try (Session session = model.open(Device.find(device))) {
        assertThat(TestTensors.relativeError(session.run(input), expected))
            .as(device)
            .isLessThan(limit);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "keras/onepixel/resnet.h5, refs/keras_onepixel_resnet32v2, 96",
    "keras/mlperf-tiny/pretrainedResnet.h5, refs/keras_mlperftiny_resnet8, 88"
  })
  void cifarNetworksHaveTheirKnownCounts(String file, String refs, int known) throws IOException {
    Tensor pictures = cifar(refs.contains("onepixel"));
    byte[] records = Files.readAllBytes(SharedData.file(CIFAR));
    Tensor expected = SharedData.npy(refs + "/all_outputs.npy");
    Model model = Model.load(SharedData.file(file));
    for (String device : DEVICES) {
      try (Session session = model.open(Device.find(device))) {
        Tensor output = session.run(pictures);
        assertThat(TestTensors.relativeError(output, expected)).as(device).isLessThan(1e-4);
        int right = 0;
        for (int n = 0; n < PICTURES; n++) {
          int answer = SharedData.argMax(output.floats(), 10 * n, 10);
          right += answer == records[n * RECORD] ? 1 : 0;
        }
        assertThat(right).as(device).isEqualTo(known);
      }
    }
  }

  private static final String CIFAR = "cifar10/cifar10_test_first100.bin";
  private static final int PICTURES = 100;
  private static final int RECORD = 3073;
  private static final float[] MEAN = {125.307f, 122.95f, 113.865f};
  private static final float[] DEVIATION = {62.9932f, 62.0887f, 66.7048f};

  /** The pictures with their channels last, normalised or as they are. */
  private static Tensor cifar(boolean normalised) throws IOException {
    byte[] records = Files.readAllBytes(SharedData.file(CIFAR));
    Tensor pictures = Tensor.zeros(Shape.of(PICTURES, 32, 32, 3));
    FloatBuffer values = pictures.floats();
    for (int n = 0; n < PICTURES; n++) {
      for (int pixel = 0; pixel < 1024; pixel++) {
        for (int c = 0; c < 3; c++) {
          float sample = records[n * RECORD + 1 + c * 1024 + pixel] & 0xff;
          values.put(normalised ? (sample - MEAN[c]) / DEVIATION[c] : sample);
        }
      }
    }
    return pictures;
  }

  @Test
  void squeezeNetAgreesWithItsOnnxForm() throws IOException {
    Model keras = Model.load(SharedData.file("keras/squeezenet1.1_caffe.h5"));
    Model onnx = Model.load(SharedData.file("models/squeezenet1.1_caffe.onnx"));
    Tensor input = SharedData.npy("refs/squeezenet1.1_caffe/input_0.npy");
    Tensor golden = SharedData.npy("refs/squeezenet1.1_caffe/output_0.npy");
    Tensor channelsLast =
        new io.clarinet.op.Transpose(List.of(0, 2, 3, 1)).evaluate(List.of(input)).get(0);
    for (String device : DEVICES) {
      try (Session ofKeras = keras.open(Device.find(device));
          Session ofOnnx = onnx.open(Device.find(device))) {
        Tensor output = ofKeras.run(channelsLast);
        assertThat(TestTensors.relativeError(output, ofOnnx.run(input))).isLessThan(1e-5);
        assertThat(TestTensors.relativeError(output, golden)).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"cnn2d_93.h5, LocallyConnected2D", "cnn2d_94.h5, LocallyConnected2D"})
  void anUnsupportedLayerIsNamed(String name, String kind) {
    Path file = SharedData.file("keras/dl4j/" + name);
    assertThatThrownBy(() -> Model.load(file))
        .isInstanceOfSatisfying(
            ModelFormatException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ModelFormatException.Kind.UNSUPPORTED);
              assertThat(e.operators()).containsExactly(kind);
              assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining(kind);
            });
  }
}
