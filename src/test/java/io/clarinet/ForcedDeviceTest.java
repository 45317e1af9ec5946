package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.report.Explanation;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole network answers the same whatever channel block and local memory are forced on it. */
@RequiresOpenCl
class ForcedDeviceTest {
  private static final String BLOCK = "clarinet.block";
  private static final String LOCAL_MEMORY = "clarinet.localMemory";
  private static final double TOLERANCE = 1e-5;

  /** Stem, pooling, 3×3 of both strides, 1×1 shortcuts, residuals, a dense layer. */
  private static final class Network {
    static final Model MODEL = Model.zoo("resnet18:64x64:10");
    static final Tensor X = random(Shape.of(2, 3, 64, 64));
    static final Tensor EXPECTED = expected();

    private static Tensor random(Shape shape) {
      Random random = new Random(5);
      Tensor tensor = Tensor.zeros(shape);
      for (long i = 0; i < shape.size(); i++) {
        tensor.set(i, random.nextGaussian());
      }
      return tensor;
    }

    private static Tensor expected() {
      String input = MODEL.inputs().get(0).name();
      Graph graph = MODEL.graph().specialised(Map.of(input, X.shape()));
      return new ReferenceRunner(graph).run(Map.of(input, X)).get(MODEL.outputs().get(0));
    }
  }

  @AfterEach
  void forceNothing() {
    System.clearProperty(BLOCK);
    System.clearProperty(LOCAL_MEMORY);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 32", "4, 256", "4, 512", "8, 32", "8, 256", "8, 512", "16, 32", "16, 256", "16, 512"
  })
  void everyBlockAndLocalMemoryGivesTheReferencesAnswer(int block, long kilobytes) {
    System.setProperty(BLOCK, Integer.toString(block));
    System.setProperty(LOCAL_MEMORY, Long.toString(kilobytes << 10));
    try (Session session = Network.MODEL.open(Device.find(TestDevice.request()))) {
      List<String> layouts =
          session.explain(List.of(Network.X.shape())).steps().stream()
              .map(Explanation.StepInfo::output)
              .filter(output -> output.contains("NCHW"))
              .map(output -> output.substring(output.indexOf("NCHW")))
              .distinct()
              .toList();
      assertThat(layouts).containsExactly("NCHW" + block + "c");
      assertThat(TestTensors.relativeError(session.run(Network.X), Network.EXPECTED))
          .isLessThan(TOLERANCE);
    }
  }
}
