package io.clarinet.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.KernelFiles;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestTensors;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.backend.opencl.Compilation;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel that lies, dies or hangs is struck off by name before a plan is trusted to it. */
@RequiresOpenCl
class SelfTestTest {
  private static final Planner PLANNER = new Planner(OpenClKernels.table());
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The kernel that is tampered with: the cheapest for plain values; binary_blocked stands in. */
  private static final String BINARY = "binary";

  @TempDir Path folder;
  private Path kernels;

  @BeforeEach
  void copyKernels() throws IOException {
    kernels = folder.resolve("kernels");
    KernelFiles.copy(KernelFiles.withIncludes(), kernels);
  }

  private OpenClBackend open() {
    return TestDevice.open(
        OpenClOptions.fromProperties()
            .withKernels(kernels)
            .withCache(folder.resolve("cache"))
            .poisoned());
  }

  private void tamper(String kernel, String statement) throws IOException {
    KernelFiles.tamper(kernels, kernel, statement);
  }

  private static Graph product() {
    GraphBuilder builder = new GraphBuilder("product");
    builder.input("a", 2, 20, 9, 11);
    builder.input("b", 2, 20, 9, 11);
    builder.add("y", new Binary(Binary.Kind.MUL, null), "a", "b");
    return builder.output("y").build();
  }

  /** A plan that the test trusts, as {@code Plans} comes to it. */
  private static Plan trusted(SelfTest test, Graph graph, DeviceProfile device) {
    DeviceProfile profile = device;
    while (true) {
      Plan plan = PLANNER.plan(graph, profile);
      try {
        test.require(graph, plan);
        return plan;
      } catch (KernelRejectedException e) {
        assertThat(profile.struckOff()).doesNotContainKey(e.kernel());
        profile = profile.without(e.kernel(), String.valueOf(e.getMessage()));
      }
    }
  }

  /** In another process. */
  private static Sites apart(OpenClBackend device) {
    return new Sites(device, PATIENCE, HeadStart.none());
  }

  private static Sites forbidden(OpenClBackend device) {
    Supplier<Site> none =
        () -> {
          throw new AssertionError("nothing was to be tested");
        };
    return new Sites(device, none, HeadStart.none());
  }

  private void requireRejected(String fault) {
    try (OpenClBackend device = open()) {
      requireRejected(fault, device, apart(device));
    }
  }

  private static void requireRejected(String fault, OpenClBackend device, Sites sites) {
    Plan plan = PLANNER.plan(product(), device.profile());
    SelfTest test = new SelfTest(device, PLANNER, sites);
    assertThatThrownBy(() -> test.require(product(), plan))
        .isInstanceOfSatisfying(
            KernelRejectedException.class, e -> assertThat(e.kernel()).isEqualTo(BINARY))
        .hasMessageContainingAll("its self-test", fault);
  }

  private static void requireStruckOffAndRight(String fault, OpenClBackend device, Sites sites) {
    Plan plan = trusted(new SelfTest(device, PLANNER, sites), product(), device.profile());
    assertThat(plan.device().struckOff()).containsOnlyKeys(BINARY);
    assertThat(plan.device().struckOff().get(BINARY)).contains("its self-test", fault);
    assertThat(plan.steps()).extracting(Step::kernel).contains("binary_blocked");
    assertThat(refusals(plan)).anyMatch(reason -> reason.contains("struck off: its self-test"));
    requireRight(device, plan);
  }

  private static List<String> refusals(Plan plan) {
    return plan.steps().stream()
        .flatMap(step -> step.declined().stream())
        .map(Step.Refusal::reason)
        .toList();
  }

  private static void requireRight(OpenClBackend device, Plan plan) {
    Tensor a = TestTensors.random(Fresh.random(), 2, 20, 9, 11);
    Tensor b = TestTensors.random(Fresh.random(), 2, 20, 9, 11);
    Tensor y = Tensor.zeros(a.shape());
    try (Executable executable = device.load(plan)) {
      executable.run(List.of(a, b), List.of(y));
    }
    Tensor expected = new Binary(Binary.Kind.MUL, null).evaluate(List.of(a, b)).get(0);
    assertThat(TestTensors.relativeError(y, expected)).isLessThan(1e-5);
  }

  @Test
  void whatGivesWrongValuesIsStruckOff() throws IOException {
    tamper(BINARY, "if (get_global_id(0) == 0) a++;\n");
    try (OpenClBackend device = open()) {
      requireStruckOffAndRight("gives wrong values", device, apart(device));
    }
  }

  @Test
  void whatWritesElsewhereIsStruckOff() throws IOException {
    tamper(BINARY, "y[y_offset - 7] = 1;\n");
    requireRejected("writes where it must not, 28 bytes before its result");
  }

  @Test
  void whatEndsTheProcessIsStruckOff() throws IOException {
    tamper(BINARY, "*(volatile __global int *)64 = 1;\n");
    requireRejected("ended its process with exit status");
  }

  @Test
  void whatDoesNotBuildIsStruckOff() throws IOException {
    tamper(BINARY, "no such name;\n");
    requireRejected("does not build");
  }

  @Test
  void whatDoesNotEndIsStruckOff() throws IOException {
    tamper(BINARY, "volatile int forever = 1; while (forever) {}\n");
    try (OpenClBackend device = open()) {
      Sites sites = new Sites(device, Duration.ofSeconds(2), HeadStart.none());
      requireRejected("no end within 2 s", device, sites);
    }
  }

  @Test
  void verdictsAreKeptUntilTheSourceChanges() throws IOException {
    tamper(BINARY, "if (get_global_id(0) == 0) a++;\n");
    try (OpenClBackend device = open()) {
      requireRejected("gives wrong values", device, apart(device));
      requireRejected("gives wrong values", device, forbidden(device));
      damageVerdicts();
      requireRejected("gives wrong values", device, apart(device));
    }
    tamper(BINARY, "a--;\n");
    try (OpenClBackend device = open()) {
      assertThatThrownBy(() -> requireRejected("", device, forbidden(device)))
          .hasMessageContaining("nothing was to be tested");
    }
  }

  private void damageVerdicts() throws IOException {
    try (var files = Files.list(folder.resolve("cache/selftest"))) {
      Path file = files.findFirst().orElseThrow();
      byte[] content = Files.readAllBytes(file);
      content[content.length - 2] ^= 1;
      Files.write(file, content);
    }
  }

  @Test
  void withoutAnotherProcessTheTestRunsInThisOne() throws IOException {
    tamper(BINARY, "if (get_global_id(0) == 0) a++;\n");
    try (OpenClBackend device = open()) {
      Supplier<Site> none =
          () -> {
            throw new NoSiteException("there is no java");
          };
      requireRejected("gives wrong values", device, new Sites(device, none, HeadStart.none()));
    }
  }

  @Test
  void aChainIsTestedAsOneProgramAndOutlivesItsLiar() throws IOException {
    tamper(BINARY, "if (get_global_id(0) == 0) a++;\n");
    GraphBuilder builder = new GraphBuilder("chain");
    String value = builder.input("x", 1, 20, 5, 7);
    for (int i = 0; i < Compilation.SHORTEST_CHAIN; i++) {
      value = builder.add("relu " + i, Unary.RELU, value);
    }
    builder.add("y", new Binary(Binary.Kind.MUL, null), value, "x");
    Graph graph = builder.output("y").build();
    try (OpenClBackend device = open()) {
      SelfTest test = new SelfTest(device, PLANNER, apart(device));
      Plan plan = trusted(test, graph, device.profile());
      assertThat(plan.device().struckOff()).containsOnlyKeys(BINARY);
      assertThat(device.compilations(plan)).allMatch(one -> one.chain().isPresent());
    }
  }
}
