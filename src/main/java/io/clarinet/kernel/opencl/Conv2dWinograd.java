package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code opencl/cpu/conv2d_winograd.cl}: a 3×3 convolution by F(m×m, 3×3) in one launch,
 * transformed tiles in the local memory of a work-item. Runs of tiles are as long as local memory
 * and an even load of the cores allow; the predicted time decides.
 */
record Conv2dWinograd(Conv2d op, int m) implements Kernel {
  private static final int MOST_GROUPS = 6;

  /** Share of a core's cache that tiles may fill so that weights stream through the rest. */
  private static final double ROOMY = 0.75;

  @Override
  public String name() {
    return "conv2d_winograd_f" + m;
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = WinogradCall.declined(op, inputs, device);
    if (declined != null) {
      return declined;
    }
    WinogradCall call = WinogradCall.of(op, m, inputs, outputs, device);
    Runs best = best(call);
    return best == null
        ? new Offer.Decline(
            "%d bytes of local memory do not hold the tiles of one work-item"
                .formatted(device.limits().localMemoryBytes()))
        : best.offer(name());
  }

  private static @Nullable Runs best(WinogradCall call) {
    Stream<Runs> all =
        IntStream.rangeClosed(1, MOST_GROUPS)
            .boxed()
            .flatMap(groups -> shares(call).mapToObj(s -> Runs.of(call, groups, s)));
    return all.filter(Runs::fits)
        .min((a, b) -> Double.compare(a.seconds(), b.seconds()))
        .orElse(null);
  }

  private static IntStream shares(WinogradCall call) {
    return IntStream.of(
            1, call.device().limits().computeUnits(), 2 * call.device().limits().computeUnits())
        .filter(s -> s <= call.panels())
        .distinct();
  }

  /**
   * Work-items.
   *
   * @param runs of tiles
   * @param shares of the output channels
   * @param capacity rows that the longest run needs
   */
  private record Runs(WinogradCall call, int runs, int shares, int capacity) {

    static Runs of(WinogradCall call, int groups, int shares) {
      int tiles = call.tiles();
      int runs = ceilDiv(tiles, groups * call.winograd().rows());
      if (shares == 1) {
        runs = Math.min(tiles, evenly(runs, call.device().limits().computeUnits()));
      }
      int capacity =
          Math.max(
              call.winograd().rows(tiles / runs),
              call.winograd().rows(ceilDiv(tiles, runs)));
      return new Runs(call, runs, shares, capacity);
    }

    /** The next count that leaves no core idle, unless there are so many that it hardly matters. */
    private static int evenly(int runs, int cores) {
      return runs >= 16 * cores ? runs : ceilDiv(runs, cores) * cores;
    }

    private long tileBytes() {
      return 4 * call.winograd().transformedFloats(capacity, call.icBlocks());
    }

    private long productBytes() {
      return 4 * call.winograd().transformedFloats(capacity, Winograd.BLOCKS);
    }

    boolean fits() {
      return tileBytes() + productBytes() <= call.device().limits().localMemoryBytes();
    }

    double seconds() {
      DeviceProfile device = call.device();
      double items = (double) runs * shares;
      double idle =
          Math.ceil(items / device.limits().computeUnits())
              * device.limits().computeUnits()
              / items;
      double flops =
          call.multiplyFlops((double) runs * capacity)
              + shares * call.inputFlops()
              + call.outputFlops();
      double bytes = call.inputBytes() + call.outputBytes() + call.weightBytes() + rereadBytes();
      return call.seconds(flops * idle, bytes);
    }

    /**
     * What comes from the cache behind the cores' own, as bytes of memory that take as long: the
     * weights for each run but the first, unless a core keeps them, and the transformed tiles for
     * each panel where they leave a core's cache too little room.
     */
    private double rereadBytes() {
      double cache = call.device().limits().localMemoryBytes();
      double used = tileBytes() + productBytes();
      double readers =
          call.weightBytes() + used <= cache ? call.device().limits().computeUnits() : runs;
      double tiles = used <= ROOMY * cache ? 0 : (double) runs * call.panels() * tileBytes();
      return (call.weightBytes() * (readers - 1) + tiles) / WinogradCall.CACHE_GAIN;
    }

    Offer offer(String name) {
      Conv2dShape s = call.shape();
      List<Arg> args =
          call.args(
              Stream.of(new Arg.Input(0), new Arg.Output(0), new Arg.Packed(0)),
              call.epilogue(),
              call.integers(s.n(), s.ic(), s.ih(), s.iw(), s.oc(), s.oh(), s.ow()),
              call.integers(call.padTop(), call.padLeft(), capacity),
              Stream.of(new Arg.Local(tileBytes()), new Arg.Local(productBytes())));
      Launch launch =
          new Launch("conv2d_winograd", call.defines(true), NdRange.items(runs, shares), args);
      return call.accept(List.of(launch), List.of(), seconds());
    }
  }
}
