package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real models import, and every value's shape follows. */
class SharedModelsTest {
  private static final Path DATA = Path.of("../shared/data");

  @ParameterizedTest
  @CsvSource({
    "models/bvlc_googlenet.onnx, 1x1000, 1",
    "models/squeezenet1.1_caffe.onnx, 1x1000, 1",
    "models/squeezenet1.1_caffe_opset9_pads.onnx, 1x1000, 1",
    "cifar10/akamaster/resnet20_cifar10.onnx, 3x10, 3",
    "cifar10/akamaster/resnet56_cifar10.onnx, 3x10, 3",
    "models/misc/opt-mnist_wonnx.onnx, 1x10, 1",
    "models/ultraface/version-RFB-320.onnx, 1x4420x4, 1",
    "onnx-conformance/light/light_bvlc_alexnet.onnx, 1x1000, 1",
    "onnx-conformance/light/light_densenet121.onnx, 1x1000x1x1, 1",
    "onnx-conformance/light/light_inception_v1.onnx, 1x1000, 1",
    "onnx-conformance/light/light_inception_v2.onnx, 1x1000, 1",
    "onnx-conformance/light/light_resnet50.onnx, 1x1000, 1",
    "onnx-conformance/light/light_shufflenet.onnx, 1x1000, 1",
    "onnx-conformance/light/light_squeezenet.onnx, 1x1000x1x1, 1",
    "onnx-conformance/light/light_vgg19.onnx, 1x1000, 1",
    "onnx-conformance/light/light_zfnet512.onnx, 1x1000, 1"
  })
  void importsAndInfers(String name, String lastOutput, int batch) {
    assumeTrue(Files.isDirectory(DATA), "the shared models are not on this machine");
    Graph graph = ModelFile.read(DATA.resolve(name), Limits.DEFAULT);
    Map<String, Shape> shapes = new HashMap<>();
    for (Input input : graph.inputs()) {
      shapes.put(input.name(), input.shape(batch));
    }
    Map<String, Fact> facts = graph.specialised(shapes).facts();
    String last = graph.outputs().get(graph.outputs().size() - 1);
    assertThat(facts.get(last).shape().toString()).isEqualTo(lastOutput);
  }
}
