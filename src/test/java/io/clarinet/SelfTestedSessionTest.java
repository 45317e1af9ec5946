package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.report.Explanation;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session tests the kernels of its device, as it does outside of these tests. */
@RequiresOpenCl
class SelfTestedSessionTest {
  private static final String SELF_TEST = "clarinet.selfTest";
  private static final String KERNELS = "clarinet.kernels";
  private static final String CACHE = "clarinet.cache";

  private final List<String> before =
      Stream.of(SELF_TEST, KERNELS, CACHE).map(System::getProperty).toList();

  @BeforeEach
  void testKernels(@TempDir Path folder) throws IOException {
    Path kernels = folder.resolve("kernels");
    KernelFiles.copy(KernelFiles.withIncludes(), kernels);
    KernelFiles.tamper(kernels, "binary", "if (get_global_id(0) == 0) a++;\n");
    System.setProperty(SELF_TEST, "true");
    System.setProperty(KERNELS, kernels.toString());
    System.setProperty(CACHE, folder.resolve("cache").toString());
  }

  @AfterEach
  void leaveKernels() {
    restore(SELF_TEST, before.get(0));
    restore(KERNELS, before.get(1));
    restore(CACHE, before.get(2));
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  @Test
  void aKernelThatLiesIsStruckOffAndTheAnswerRight() {
    Binary product = new Binary(Binary.Kind.MUL, null);
    GraphBuilder graph = new GraphBuilder("product");
    graph.input("a", 2, 20, 9, 11);
    graph.input("b", 2, 20, 9, 11);
    graph.add("y", product, "a", "b");
    Tensor a = TestTensors.random(Fresh.random(), 2, 20, 9, 11);
    Tensor b = TestTensors.random(Fresh.random(), 2, 20, 9, 11);
    try (Session session =
        Model.of(graph.output("y").build()).open(Device.find(TestDevice.request()))) {
      Tensor y = session.run(List.of(a, b)).get(0);
      assertThat(TestTensors.relativeError(y, product.evaluate(List.of(a, b)).get(0)))
          .isLessThan(1e-5);
      Explanation plan = session.explain(List.of(a.shape(), b.shape()));
      assertThat(plan.steps()).extracting(Explanation.StepInfo::where).containsOnly("device");
      assertThat(plan.steps())
          .extracting(Explanation.StepInfo::kernel)
          .contains("binary_blocked")
          .doesNotContain("binary");
      assertThat(plan.steps().toString())
          .contains("binary", "struck off: its self-test gives wrong values");
    }
  }
}
