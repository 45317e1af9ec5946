package io.clarinet.backend.opencl;

import static io.clarinet.backend.opencl.ClampPlans.clampPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.KernelFiles;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.Executable;
import io.clarinet.backend.HandMadePlans;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresOpenCl
class ProgramsTest {
  private static final Shape SHAPE = Shape.of(1, 3);
  private static final String SIGN =
      """
      #include "include/sign.clh"
      __kernel void sign_kernel(
          __global const float *x, long x0, long xb, __global float *y, long y0, long yb) {
        int i = get_global_id(0);
        y[y0 + i] = SIGN(x[x0 + i]);
      }
      """;

  @TempDir Path folder;

  private OpenClOptions options() {
    return OpenClOptions.fromProperties().withCache(folder.resolve("cache")).withBinaries();
  }

  private OpenClOptions withKernels() {
    return options().withKernels(folder.resolve("kernels"));
  }

  /** The kernels as they are, and one of the test's own. */
  private void writeKernels(String sign) throws IOException {
    Path kernels = folder.resolve("kernels");
    KernelFiles.copy(KernelFiles.withIncludes(), kernels);
    Files.writeString(kernels.resolve("include/sign.clh"), "#define SIGN(v) sign(v)\n");
    Files.writeString(kernels.resolve("any/sign_kernel.cl"), sign);
  }

  private static Plan signPlan(DeviceProfile device) {
    Place x = HandMadePlans.alone(0, SHAPE);
    Place y = HandMadePlans.alone(1024, SHAPE);
    Launch launch =
        new Launch(
            "sign_kernel",
            Map.of(),
            NdRange.items(3),
            List.of(new Arg.Input(0), new Arg.Output(0)));
    Step step =
        HandMadePlans.device(
            "act1", launch, List.of(new Step.Operand.At(x)), List.of(y), List.of());
    return HandMadePlans.plan(device, List.of(x), List.of(y), List.of(step), 4096, List.of());
  }

  private static float[] run(OpenClBackend backend, Plan plan, float... x) {
    Tensor y = Tensor.zeros(SHAPE);
    try (Executable executable = backend.load(plan)) {
      executable.run(List.of(Tensor.of(SHAPE, x)), List.of(y));
    }
    return y.toFloatArray();
  }

  @Test
  void whatTwoAskForAtOnceIsBuiltOnce() throws Exception {
    try (OpenClBackend backend = TestDevice.open(options())) {
      int before = backend.compiledPrograms();
      CyclicBarrier start = new CyclicBarrier(2);
      Callable<Void> load =
          () -> {
            start.await();
            backend.load(clampPlan(backend.profile(), SHAPE, 0, 1)).close();
            return null;
          };
      ExecutorService threads = Executors.newFixedThreadPool(2);
      for (Future<Void> done : threads.invokeAll(List.of(load, load))) {
        done.get();
      }
      threads.shutdown();
      assertThat(backend.compiledPrograms()).isEqualTo(before + 1);
    }
  }

  /** Programs compiled from source in a fresh backend that runs a clamp. */
  private int compiled() {
    try (OpenClBackend backend = TestDevice.open(options())) {
      assertThat(run(backend, clampPlan(backend.profile(), SHAPE, -1, 1), -2, 0.5f, 2))
          .containsExactly(-1, 0.5f, 1);
      return backend.compiledPrograms();
    }
  }

  private List<Path> entries() throws IOException {
    try (var files = Files.list(folder.resolve("cache").resolve("programs"))) {
      return files.toList();
    }
  }

  @Test
  void aSecondStartCompilesNothing() throws IOException {
    assertThat(compiled()).isEqualTo(3);
    assertThat(entries()).hasSize(3);
    assertThat(compiled()).isZero();
  }

  @Test
  void damagedEntriesAreRebuilt() throws IOException {
    compiled();
    for (Path entry : entries()) {
      try (var channel = Files.newByteChannel(entry, StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(entry) / 2);
      }
    }
    assertThat(compiled()).isEqualTo(2);
    assertThat(compiled()).isZero();
  }

  @Test
  void entriesThatTheDriverRefusesAreRebuilt() throws IOException {
    compiled();
    BinaryCache cache = new BinaryCache(folder.resolve("cache").resolve("programs"), 100);
    for (Path entry : entries()) {
      cache.put(entry.getFileName().toString(), new byte[] {1, 2, 3, 4});
    }
    assertThat(compiled()).isEqualTo(2);
    assertThat(compiled()).isZero();
  }

  @Test
  void aCacheThatCannotBeWrittenIsTolerated() throws IOException {
    Files.writeString(folder.resolve("cache"), "in the way");
    assertThat(compiled()).isEqualTo(3);
  }

  @Test
  void readsKernelsFromAFolderAndNoticesTheirChange() throws IOException {
    writeKernels(SIGN);
    try (OpenClBackend backend = TestDevice.open(withKernels())) {
      assertThat(run(backend, signPlan(backend.profile()), -5, 0, 7)).containsExactly(-1, 0, 1);
    }
    writeKernels(SIGN.replace("SIGN(x", "-SIGN(x"));
    try (OpenClBackend backend = TestDevice.open(withKernels())) {
      assertThat(run(backend, signPlan(backend.profile()), -5, 3, 7)).containsExactly(1, -1, -1);
    }
  }

  @Test
  void aKernelThatDoesNotBuildIsRejectedWithTheLog() throws IOException {
    writeKernels(SIGN.replace("get_global_id(0)", "no_such_name"));
    try (OpenClBackend backend = TestDevice.open(withKernels())) {
      assertThatThrownBy(() -> backend.load(signPlan(backend.profile())))
          .isInstanceOfSatisfying(
              KernelRejectedException.class, e -> assertThat(e.kernel()).isEqualTo("sign_kernel"))
          .hasMessageContaining("act1")
          .hasMessageContaining("no_such_name")
          .hasMessageContaining("any/sign_kernel.cl:4");
    }
  }

  @Test
  void aKernelFileWithoutTheNamedKernelIsRejected() throws IOException {
    writeKernels(SIGN.replace("void sign_kernel", "void another"));
    try (OpenClBackend backend = TestDevice.open(withKernels())) {
      assertThatThrownBy(() -> backend.load(signPlan(backend.profile())))
          .isInstanceOf(KernelRejectedException.class)
          .hasMessageContaining("CL_INVALID_KERNEL_NAME");
    }
  }

  @Test
  void aMissingKernelFileIsRejected() {
    try (OpenClBackend backend = TestDevice.open(options())) {
      assertThatThrownBy(() -> backend.load(signPlan(backend.profile())))
          .isInstanceOf(KernelRejectedException.class)
          .hasMessageContaining("no kernel file sign_kernel.cl");
    }
  }
}
