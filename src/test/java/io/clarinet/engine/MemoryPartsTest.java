package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.backend.DeviceException;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A GPU that has no room for a batch runs it in halves, or halves of these. */
class MemoryPartsTest {
  private static final int BATCH = 8;
  private static final DeviceProfile GPU = ShippedProfiles.find("h100").orElseThrow();
  private static final Specialisation.Key KEY =
      new Specialisation.Key(List.of(Shape.of(BATCH, 4, 32, 32)), Map.of());

  /** Much between a small input and a smaller output. */
  private static Graph graph() {
    GraphBuilder graph = new GraphBuilder("wide");
    graph.input("x", BATCH, 4, 32, 32);
    String y = "x";
    for (int i = 0; i < 4; i++) {
      y = graph.add("y" + i, Unary.RELU, y);
    }
    y = graph.add("pool", Pool2d.max(Window2d.square(8, 8, 0)), y);
    return graph.output(y).build();
  }

  private static DeviceProfile of(long globalBytes, long largestBytes) {
    DeviceLimits limits = GPU.limits();
    return DeviceProfile.gpu(
        "small",
        GPU.simt(),
        new DeviceLimits(
            limits.computeUnits(),
            limits.localMemoryBytes(),
            globalBytes,
            largestBytes,
            limits.alignmentBytes(),
            limits.cacheBytes()),
        GPU.speed());
  }

  private static long needed(DeviceProfile device, Graph graph) {
    Plan plan = DevicePlanner.of(device).plan(graph);
    return plan.laneBytes() + plan.packedTotal();
  }

  /** Items of the first part; the batch where there are none. */
  private static int items(Graph graph) {
    Node.Part part = graph.nodes().get(0).part();
    return part == null ? BATCH : part.end() - part.first();
  }

  @Test
  void theFewestPartsThatFitAreTaken() {
    Graph whole = graph();
    assertThat(DevicePlanner.of(GPU).split(whole)).isSameAs(whole);
    long needed = needed(GPU, whole);
    assertThat(items(DevicePlanner.of(of(needed, needed)).split(whole))).isEqualTo(BATCH);
    Graph halves = DevicePlanner.of(of(needed - 1, needed)).split(whole);
    assertThat(items(halves)).isLessThan(BATCH);
    assertThat(needed(GPU, halves)).isLessThan(needed);
    assertThat(items(DevicePlanner.of(of(needed(GPU, halves) - 1, needed)).split(whole)))
        .isLessThan(items(halves));
  }

  @Test
  void whatFitsInNoPartsIsToldWithItsBytes() {
    assertThatThrownBy(() -> DevicePlanner.of(of(1 << 10, 1 << 30)).split(graph()))
        .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.isOutOfMemory()).isTrue())
        .hasMessageContaining("small holds 1,024 bytes, and ");
    assertThatThrownBy(() -> DevicePlanner.of(of(1 << 30, 1 << 10)).split(graph()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("at most 1,024 at once");
  }

  /** As a driver that has less room than it says: other programs have it. */
  @Test
  void aDeviceThatIsFullGetsSmallerParts() {
    CountingBackend backend = new CountingBackend(GPU);
    long room = needed(GPU, DevicePlanner.of(GPU).parts(graph(), 4).orElseThrow());
    backend.loading =
        plan -> {
          if (plan.laneBytes() + plan.packedTotal() > room) {
            throw DeviceException.outOfMemory("full", null);
          }
        };
    Plans plans = plans(backend);
    Graph planned = plans.with(KEY, Ready::graph);
    assertThat(items(planned)).isEqualTo(BATCH / 4);
    assertThat(plans.with(KEY, Ready::graph)).isSameAs(planned);
    plans.close();
    assertThat(backend.bytes).hasValue(0);
  }

  @Test
  void aDeviceThatIsFullForGoodFails() {
    CountingBackend backend = new CountingBackend(GPU);
    backend.loading =
        plan -> {
          throw DeviceException.outOfMemory("full", null);
        };
    Plans plans = plans(backend);
    assertThatThrownBy(() -> plans.with(KEY, Ready::graph)).hasMessage("full");
    assertThat(plans.count()).isZero();
    backend.loading = plan -> {};
    assertThat(items(plans.with(KEY, Ready::graph))).isEqualTo(BATCH);
    plans.close();
    assertThat(backend.bytes).hasValue(0);
  }

  @Test
  void otherFailuresAreNoReasonForParts() {
    CountingBackend backend = new CountingBackend(GPU);
    int[] loads = {0};
    backend.loading =
        plan -> {
          loads[0]++;
          throw new DeviceException("lost");
        };
    Plans plans = plans(backend);
    assertThatThrownBy(() -> plans.with(KEY, Ready::graph)).hasMessage("lost");
    assertThat(loads[0]).isEqualTo(1);
    plans.close();
  }

  private static Plans plans(CountingBackend backend) {
    return new Plans(
        new Subject("wide", "small"), backend.engine, Long.MAX_VALUE / 2, key -> graph());
  }
}
