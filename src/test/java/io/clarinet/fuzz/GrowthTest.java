package io.clarinet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.graph.ShapeInputs;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.pass.BatchItems;
import io.clarinet.pass.OpenBatch;
import io.clarinet.pass.Passes;
import io.clarinet.plan.Planner;
import io.clarinet.tensor.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Models of n, 2n and 4n parts on the whole way from file to plan, counted in allocated bytes: what
 * doubles the file may double each stage, and no more.
 */
class GrowthTest {
  private static final int PARTS = 100;
  private static final double MOST = 2.3;

  /** Fixed cost of a stage, such as classes that are loaded late. */
  private static final long SLACK_BYTES = 256 << 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyStageGrowsAsItsFile(WideModel model) throws IOException {
    stages(model, PARTS / 5);
    Map<String, Long> before = stages(model, PARTS);
    for (int parts : new int[] {2 * PARTS, 4 * PARTS}) {
      Map<String, Long> now = stages(model, parts);
      Map<String, Long> less = before;
      assertThat(now)
          .allSatisfy(
              (stage, bytes) ->
                  assertThat((double) bytes)
                      .as("%s of %d parts", stage, parts)
                      .isLessThan(MOST * less.get(stage) + SLACK_BYTES));
      before = now;
    }
  }

  /** Bytes that each stage allocates. */
  private Map<String, Long> stages(WideModel model, int parts) throws IOException {
    Path file = folder.resolve(parts + ".onnx");
    Files.write(file, model.write(parts));
    Map<String, Long> bytes = new LinkedHashMap<>();
    Graph graph = measured("import", bytes, () -> ModelFile.read(file, Limits.DEFAULT));
    measured("opening the batch", bytes, () -> OpenBatch.apply(graph));
    measured("printing", bytes, graph::toString);
    Graph concrete = measured("specialising", bytes, () -> concrete(graph));
    measured("deciding inputs", bytes, () -> ShapeInputs.of(concrete));
    Graph lean = measured("passes", bytes, () -> Passes.standard().apply(concrete));
    measured("batch items", bytes, () -> BatchItems.areIndependent(lean, 1));
    Planner jvm = new Planner(JvmKernels.best());
    measured("plan for the JVM", bytes, () -> jvm.plan(lean, profile(DeviceProfile.Kind.JVM)));
    measured(
        "plan for OpenCL",
        bytes,
        () -> new Planner(OpenClKernels.table()).plan(lean, profile(DeviceProfile.Kind.CPU)));
    return bytes;
  }

  private static <T> T measured(String stage, Map<String, Long> bytes, Supplier<T> work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T result = work.get();
    bytes.put(stage, THREADS.getCurrentThreadAllocatedBytes() - before);
    return result;
  }

  private static Graph concrete(Graph graph) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Input input : graph.inputs()) {
      shapes.put(input.name(), input.shape(1));
    }
    return graph.specialised(shapes);
  }

  private static DeviceProfile profile(DeviceProfile.Kind kind) {
    return new TestProfile().kind(kind).make();
  }
}
