package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.report.Explanation;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures lead to the CPU: of one step, or of the whole network. */
@RequiresOpenCl
class FallbackTest {
  private static final Shape INPUT = Shape.of(2, 3, 224, 224);

  @Test
  void aKernelThatDoesNotBuildIsPlannedAround(@TempDir Path folder) throws IOException {
    KernelFiles.copy(KernelFiles.withIncludes(), folder);
    Files.writeString(folder.resolve("cpu/pool2d.cl"), "this is no OpenCL C");
    Tensor input = random();
    Model model = Model.zoo("resnet18");
    Tensor expected;
    try (Session session = model.open(Device.cpu())) {
      expected = session.run(input);
    }
    System.setProperty("clarinet.kernels", folder.toString());
    try (Session session = model.open(Device.find("opencl"))) {
      Tensor actual = session.run(input);
      assertThat(TestTensors.relativeError(actual, expected)).isLessThan(1e-4);
      Explanation.StepInfo pooling =
          session.explain(List.of(input.shape())).steps().stream()
              .filter(s -> s.node().equals("maxpool"))
              .findFirst()
              .orElseThrow();
      assertThat(pooling.where()).isEqualTo("host");
      assertThat(pooling.declined().toString()).contains("pool2d").contains("struck off");
    } finally {
      System.clearProperty("clarinet.kernels");
    }
  }

  @Test
  void withoutADriverTheWholeNetworkRunsOnTheCpuAndSaysSoOnce() throws Exception {
    String printed = runElsewhere(Map.of("OCL_ICD_VENDORS", "/nonexistent"));
    assertThat(printed)
        .contains("device cpu instead of: there is an OpenCL library, but no driver")
        .containsOnlyOnce("Running on the CPU");
  }

  /** As in an image that jlink made of too few modules. */
  @Test
  void withoutTheModuleThatTheBindingNeedsItSaysWhichOne() throws Exception {
    String printed =
        runElsewhere(Map.of("JDK_JAVA_OPTIONS", "--limit-modules java.base,java.desktop"));
    assertThat(printed).contains("Running on the CPU").contains("module java.logging");
  }

  @Test
  void whereNobodyLogsItIsSaidOnceOnStandardError() throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("slf4j-simple"))
            .collect(Collectors.joining(File.pathSeparator));
    String printed = runElsewhere(classPath, Map.of("OCL_ICD_VENDORS", "/nonexistent"));
    assertThat(printed)
        .contains("No SLF4J providers were found")
        .containsOnlyOnce("clarinet: Running on the CPU: there is an OpenCL library, but no");
  }

  /** PoCL's own cache is as in this process, to spare the compiler. */
  @Test
  void withoutACacheFolderTheDeviceIsUsedAndATemporaryFolderRemoved(@TempDir Path folder)
      throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    String home = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getenv("HOME") + "/.cache");
    String pocl = System.getenv().getOrDefault("POCL_CACHE_DIR", home + "/pocl/kcache");
    String printed =
        runElsewhere(
            Map.of(
                "XDG_CACHE_HOME",
                file + "/hömé",
                "POCL_CACHE_DIR",
                pocl,
                "LC_ALL",
                "C",
                "JAVA_TOOL_OPTIONS",
                "-Djava.io.tmpdir=" + folder));
    assertThat(printed).containsOnlyOnce("what is compiled and measured is kept in " + folder);
    if (TestDevice.device().platform().equals("Portable Computing Language")) {
      assertThat(printed).contains("cannot write " + file).doesNotContain("Running on the CPU");
    }
    assertThat(folder).isDirectoryNotContaining("glob:**clarinet-cache*");
  }

  @Test
  void withoutLibjsigAutoLeavesPoclAndTheJvmsDivisionAlone() throws Exception {
    String printed = runElsewhere(Map.of("LD_PRELOAD", ""));
    assertThat(printed).contains("division throws");
    if (printed.contains("device cpu")) {
      assertThat(printed)
          .contains("instead of: opencl")
          .contains("libjsig")
          .containsOnlyOnce("Running on the CPU");
    }
  }

  @Test
  void theCpuIsTakenByChoice() {
    try (Session session = Model.zoo("resnet18").open(Device.find("cpu"))) {
      assertThat(session.device().id()).isEqualTo("cpu");
    }
  }

  /** Opens a small network on the automatic device, twice, in another JVM. */
  public static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] arguments) throws IOException {
      for (int i = 0; i < 2; i++) {
        try (Session session = Model.bundled().open(Device.auto())) {
          session.run(Tensor.zeros(Shape.of(1, 3, 32, 32)));
          Device device = session.device();
          System.out.println("device " + device.id() + " instead of: " + device.passedOver());
        }
      }
      System.out.println(divisionThrows(arguments.length) ? "division throws" : "division broken");
    }

    private static boolean divisionThrows(int zero) {
      try {
        return 1 / zero == Integer.MIN_VALUE;
      } catch (ArithmeticException e) {
        return true;
      }
    }
  }

  private static String runElsewhere(Map<String, String> environment) throws Exception {
    return runElsewhere(System.getProperty("java.class.path"), environment);
  }

  private static String runElsewhere(String classPath, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            Elsewhere.class.getName());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private static Tensor random() {
    Random random = new Random(5);
    Tensor tensor = Tensor.zeros(INPUT);
    for (long i = 0; i < INPUT.size(); i++) {
      tensor.set(i, random.nextDouble() * 2 - 1);
    }
    return tensor;
  }
}
