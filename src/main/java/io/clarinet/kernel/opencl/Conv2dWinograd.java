package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code opencl/cpu/conv2d_winograd.cl}: a 3×3 convolution by F(m×m, 3×3) in one launch,
 * transformed tiles in the local memory of a work-item. Runs of tiles are as long as local memory
 * and an even load of the cores allow; the predicted time decides.
 */
record Conv2dWinograd(Conv2d op, int m) implements Conv2dKernel {
  /** Register tiles of the longest run; two in place of one gained nothing (performance.md). */
  private static final int MOST_GROUPS = 6;

  /** Runs a core, above which waiting cores cost less than a sixteenth. */
  private static final int MANY_RUNS = 16;

  /**
   * Share of a core's cache that tiles may fill so that weights stream through the rest. No
   * measurement of it is on record.
   */
  private static final double ROOMY = 0.75;

  @Override
  public String name() {
    return "conv2d_winograd_f" + m;
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    Offer.Decline declined = WinogradCall.declined(op, device);
    if (declined != null) {
      return declined;
    }
    Runs best = best(new WinogradCall(op, m, shape, device));
    return best == null
        ? new Offer.Decline(
            "%d bytes of local memory do not hold the tiles of one work-item"
                .formatted(device.limits().localMemoryBytes()))
        : best.offer();
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
          Math.max(call.winograd().rows(tiles / runs), call.winograd().rows(ceilDiv(tiles, runs)));
      return new Runs(call, runs, shares, capacity);
    }

    /**
     * The next count that leaves no core idle; the count itself above {@link #MANY_RUNS} times the
     * cores.
     */
    private static int evenly(int runs, int cores) {
      return runs >= MANY_RUNS * cores ? runs : ceilDiv(runs, cores) * cores;
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
      double flops =
          call.multiplyFlops((double) runs * capacity)
              + shares * call.inputFlops()
              + call.outputFlops();
      double bytes = call.inputBytes() + call.outputBytes() + call.weightBytes() + rereadBytes();
      return call.seconds(flops * call.device().limits().imbalance((double) runs * shares), bytes);
    }

    /**
     * Reads from the cache behind the cores' own, as bytes of memory that take as long: the weights
     * for each run but the first, unless a core keeps them, and the transformed tiles for each
     * panel where they leave a core's cache too little room.
     */
    private double rereadBytes() {
      double cache = call.device().limits().localMemoryBytes();
      double used = tileBytes() + productBytes();
      double readers =
          call.weightBytes() + used <= cache ? call.device().limits().computeUnits() : runs;
      double tiles = used <= ROOMY * cache ? 0 : (double) runs * call.panels() * tileBytes();
      return (call.weightBytes() * (readers - 1) + tiles) / WinogradCall.CACHE_GAIN;
    }

    Offer offer() {
      Conv2dShape s = call.shape();
      LayerOffer offer = LayerOffer.of(call.op(), call.device());
      return offer
          .launch(
              "conv2d_winograd",
              call.defines(),
              NdRange.items(runs, shares),
              offer
                  .arguments()
                  .ints(s.n(), s.ic(), s.ih(), s.iw(), s.oc(), s.oh(), s.ow())
                  .ints(call.padTop(), call.padLeft(), capacity)
                  .local(tileBytes())
                  .local(productBytes()))
          .accept(call.weights(), call.biasFloats(), seconds());
    }
  }
}
