package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Reorder;
import io.clarinet.kernel.Work;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Op;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the offers of kernels that move memory say. */
class MemoryMovesTest {
  private static final DeviceProfile H100 = ShippedProfiles.find("h100").orElseThrow();

  private static Arguments problem(Op op, int inputs, int... dims) {
    return Arguments.of(op, inputs, Shape.of(dims));
  }

  static Stream<Arguments> large() {
    return Stream.of(
        problem(Unary.RELU, 1, 64, 256, 56, 56),
        problem(Unary.RELU, 1, 200_704, 257),
        problem(Binary.ADD, 2, 64, 256, 56, 56),
        problem(new Binary(Binary.Kind.MUL, null), 2, 64, 256, 56, 56),
        problem(new Binary(Binary.Kind.MUL, null), 2, 200_704, 257),
        problem(new Concat(1), 2, 64, 256, 56, 56),
        problem(new Concat(0), 2, 200_704, 257),
        problem(new Transpose(List.of(0, 2, 3, 1)), 1, 64, 256, 56, 56),
        problem(new Transpose(List.of(0, 2, 1, 3, 4)), 1, 64, 4, 64, 56, 56),
        problem(new Transpose(List.of(1, 0)), 1, 200_704, 257),
        problem(new DepthToSpace(2, true), 1, 64, 256, 56, 56));
  }

  /** Every byte once, and a tenth for what is read in vain. */
  @ParameterizedTest
  @MethodSource("large")
  void largeValuesTakeAsLongAsTheirBytes(Op op, int count, Shape x) {
    List<Fact> inputs = Collections.nCopies(count, Fact.of(x));
    List<Fact> outputs = op.infer(inputs);
    double bytes = 4.0 * (count * x.size() + outputs.get(0).shape().size());
    double least = bytes / (GpuCost.SHARE_OF_BANDWIDTH * H100.speed().bandwidth());
    Offer.Accept best = best(op, inputs, H100);
    double starts = ((Work.Launches) best.work()).launches().size() * H100.speed().launchSeconds();
    assertThat(best.seconds() - starts).isBetween(0.99 * least, 1.1 * least);
  }

  private static Offer.Accept best(Op op, List<Fact> inputs, DeviceProfile device) {
    return GpuKernels.own().of(op).stream()
        .map(kernel -> kernel.offer(inputs, op.infer(inputs), device))
        .filter(Offer.Accept.class::isInstance)
        .map(Offer.Accept.class::cast)
        .min((a, b) -> Double.compare(a.seconds(), b.seconds()))
        .orElseThrow();
  }

  /** CUDA ends there; elsewhere too it is a long way. */
  @ParameterizedTest
  @MethodSource("large")
  void batchesBeyondTheRangeAreDeclinedOrCounted(Op op, int count, Shape x) {
    int[] dims = x.dims();
    dims[0] = 70_000;
    for (int axis = 1; axis < dims.length; axis++) {
      dims[axis] = Math.min(8, dims[axis]);
    }
    List<Fact> inputs = Collections.nCopies(count, Fact.of(Shape.of(dims)));
    List<Kernel> kernels = new ArrayList<>(GpuKernels.table().of(op));
    if (dims.length == 4) {
      kernels.addAll(GpuKernels.table().reorders(new Reorder(Layout.PLAIN, H100.blocked())));
    }
    for (Kernel kernel : kernels) {
      if (kernel.offer(inputs, op.infer(inputs), H100) instanceof Offer.Accept accept) {
        ((Work.Launches) accept.work())
            .launches()
            .forEach(l -> assertThat(l.range().global().subList(1, 3)).allMatch(g -> g <= 65_535));
      }
    }
  }

  @Test
  void layoutsLieAcrossEachOtherAndGoThroughTiles() {
    for (String name : ShippedProfiles.names()) {
      DeviceProfile device = ShippedProfiles.find(name).orElseThrow();
      List<Fact> images = List.of(Fact.of(Shape.of(64, 64, 56, 56)));
      Offer.Accept toNhwc = best(new Transpose(List.of(0, 2, 3, 1)), images, device);
      assertThat(kernels(toNhwc)).as(name).containsOnly("transpose_tile");
      Offer.Accept items = best(new Transpose(List.of(1, 0, 2, 3)), images, device);
      assertThat(kernels(items)).as(name).containsOnly("transpose_gpu");
    }
  }

  private static List<String> kernels(Offer.Accept offer) {
    return ((Work.Launches) offer.work()).launches().stream().map(l -> l.kernel()).toList();
  }

  @Test
  void axesThatAllWalkAsOneAreJoined() {
    int[] extents = {2, 1, 3, 1, 5, 7};
    int[] dense = {1, 0, 35, 0, 7, 1};
    int[] channels = {0, 0, 1, 0, 0, 0};
    SixStrides all = new SixStrides(extents, new int[][] {dense, channels}, 0, SixStrides.NONE);
    assertThat(all.extents()).containsExactly(2, 1, 3, 1, 1, 35);
    assertThat(all.dense()).containsExactly(1, 105, 35, 35, 35, 1);
    SixStrides one = new SixStrides(extents, new int[][] {dense}, 0);
    assertThat(one.extents()).containsExactly(2, 1, 1, 1, 1, 105);
    SixStrides batch = new SixStrides(extents, new int[][] {dense}, 2);
    assertThat(batch.extents()).containsExactly(2, 1, 3, 1, 1, 35);
  }

  @Test
  void wasteIsWhatNeighboursLeaveOfASector() {
    Map.of(1, 1.0, 2, 2.0, 4, 4.0, 100, 8.0)
        .forEach(
            (stride, waste) -> {
              int[][] strides = {{0, 0, 0, 0, 0, stride}};
              SixStrides walk = new SixStrides(new int[] {1, 1, 1, 1, 1, 64}, strides, 0);
              assertThat(walk.waste(0)).isEqualTo(waste);
            });
    int[][] still = {new int[6]};
    assertThat(new SixStrides(new int[] {1, 1, 1, 1, 1, 64}, still, 0).waste(0)).isEqualTo(1);
  }
}
