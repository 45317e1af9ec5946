package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Input;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that once gave wrong answers or none, with the right ones beside them. */
@RequiresOpenCl
class FaultsTest {
  private static final Path FAULTS = Path.of("src/test/resources/faults");

  @ParameterizedTest
  @CsvSource({
    "views-gap-flatten-squeeze/model.onnx, opencl",
    "views-gap-flatten-squeeze/model.onnx, cpu",
    "views-reshape-squeeze/model.onnx, opencl",
    "views-reshape-squeeze/model.onnx, cpu",
    "views-heads/model.onnx, opencl",
    "views-heads/model.onnx, cpu",
    "views-two-reshapes/model.onnx, opencl",
    "views-two-reshapes/model.onnx, cpu",
    "empty-batch/model.onnx, opencl",
    "empty-batch/model.onnx, cpu",
    "squeeze-as-if/model.onnx, opencl",
    "squeeze-as-if/model.onnx, cpu",
    "fusedconv/model.onnx, opencl",
    "fusedconv/model.onnx, cpu",
    "local-functions/model.onnx, opencl",
    "local-functions/model.onnx, cpu",
    "sparse-initializer/model.onnx, opencl",
    "sparse-initializer/model.onnx, cpu",
    "batchnorm-spatial0/model.onnx, opencl",
    "batchnorm-spatial0/model.onnx, cpu",
    "resize-tf-half-pixel-for-nn/model.onnx, opencl",
    "resize-tf-half-pixel-for-nn/model.onnx, cpu",
    "keras-tutorial-binary/model.h5, opencl",
    "keras-tutorial-binary/model.h5, cpu",
    "keras-batchnormalizationv1/model.h5, opencl",
    "keras-batchnormalizationv1/model.h5, cpu",
    "keras-normalization/model.h5, opencl",
    "keras-normalization/model.h5, cpu",
    "keras-tfoplambda/model.h5, opencl",
    "keras-tfoplambda/model.h5, cpu"
  })
  void theRightAnswer(String file, String device) throws IOException {
    Model model = Model.load(FAULTS.resolve(file));
    Path folder = FAULTS.resolve(file).getParent();
    try (Session session = model.open(Device.find(device))) {
      List<Tensor> outputs = session.run(inputs(model, folder));
      for (int i = 0; i < outputs.size(); i++) {
        Tensor right = Npy.read(folder.resolve("ref_" + i + ".npy"));
        assertThat(outputs.get(i).shape()).isEqualTo(right.shape());
        assertThat(TestTensors.relativeError(outputs.get(i), right)).isLessThan(1e-4);
      }
    }
  }

  /** The inputs by the names in {@code inputs.txt}, else in their order. */
  private static List<Tensor> inputs(Model model, Path folder) throws IOException {
    List<Tensor> inputs = new ArrayList<>();
    List<String> lines = Files.readAllLines(folder.resolve("inputs.txt"));
    for (Input input : model.inputs()) {
      String prefix = input.name() + "=";
      String line =
          lines.stream().filter(l -> l.startsWith(prefix)).findFirst().orElse(lines.get(0));
      inputs.add(Npy.read(folder.resolve(line.substring(line.indexOf('=') + 1))));
    }
    return inputs;
  }

  /** Model and data as links into another folder, as huggingface_hub's cache lays them. */
  @ParameterizedTest
  @CsvSource({"opencl", "cpu"})
  void dataThatALinkLeadsTo(String device, @TempDir Path hub) throws IOException {
    Path fault = FAULTS.resolve("hub-cache-links");
    Path blobs = Files.createDirectory(hub.resolve("blobs"));
    Path snapshot = Files.createDirectories(hub.resolve("snapshots/9f3c"));
    for (String blob : List.of("aa01", "bb02")) {
      Files.copy(fault.resolve("blobs").resolve(blob), blobs.resolve(blob));
    }
    Files.createSymbolicLink(snapshot.resolve("model.onnx"), Path.of("../../blobs/aa01"));
    Path data = snapshot.resolve("model.onnx_data");
    Files.createSymbolicLink(data, Path.of("../../blobs/bb02"));
    Model model = Model.load(snapshot.resolve("model.onnx"));
    Tensor right = Npy.read(fault.resolve("ref_0.npy"));
    try (Session session = model.open(Device.find(device))) {
      Tensor found = session.run(inputs(model, fault)).get(0);
      assertThat(TestTensors.relativeError(found, right)).isLessThan(1e-4);
    }
    Path elsewhere = Files.createDirectory(hub.resolve("elsewhere"));
    Files.move(blobs.resolve("bb02"), elsewhere.resolve("bb02"));
    Files.delete(data);
    Files.createSymbolicLink(data, Path.of("../../elsewhere/bb02"));
    assertThatThrownBy(() -> Model.load(snapshot.resolve("model.onnx")))
        .hasMessageContaining("outside of the model's folder");
  }

  /** An empty batch has an empty answer, whatever the network. */
  @ParameterizedTest
  @CsvSource({"opencl", "cpu"})
  void aBatchOfNothing(String device) {
    Model model = Model.zoo("squeezenet1.1:64x64:10").withAnyBatch();
    try (Session session = model.open(Device.find(device))) {
      Tensor none = session.run(Tensor.zeros(Shape.of(0, 3, 64, 64)));
      assertThat(none.shape().dims()[0]).isZero();
    }
  }
}
