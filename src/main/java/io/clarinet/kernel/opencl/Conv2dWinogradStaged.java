package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;

/**
 * {@code opencl/cpu/conv2d_winograd_input.cl}, {@code _multiply.cl} and {@code _output.cl}: a 3×3
 * convolution by F(m×m, 3×3) in three steps through scratch, so that each weight is read once for
 * all tiles. Where scratch would outgrow the values themselves the tiles are taken in parts.
 */
record Conv2dWinogradStaged(Conv2d op, int m) implements Conv2dKernel {
  /**
   * Scratch that is taken at most, in sizes of input and output together: F(4×4) needs 36/16 of
   * them, F(2×2) 16/4, and both more at ragged edges.
   */
  private static final int MOST_SCRATCH = 4;

  /** Register tiles of a part, below which launches weigh; no measurement is on record. */
  private static final int FEWEST_TILES = 4;

  /** Half of what other kernels have; no measurement is on record. */
  private static final int INPUT_ITEMS_PER_CORE = MemoryBound.ITEMS_PER_CORE / 2;

  @Override
  public String name() {
    return "conv2d_winograd_staged_f" + m;
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    Offer.Decline declined = WinogradCall.declined(op, device);
    return declined == null ? new Parts(new WinogradCall(op, m, shape, device)).offer() : declined;
  }

  /** The tiles, taken in parts. */
  private static final class Parts {
    private final WinogradCall call;
    private final Winograd winograd;
    private final DeviceProfile device;
    private final int count;

    Parts(WinogradCall call) {
      this.call = call;
      winograd = call.winograd();
      device = call.device();
      double scratch = (double) tileBytes(call.tiles()) + productBytes(call.tiles());
      double most =
          Math.min(
              MOST_SCRATCH * (call.inputBytes() + call.outputBytes()),
              (double) Math.min(device.limits().maxAllocationBytes(), Integer.MAX_VALUE));
      int longEnough = Math.max(1, call.tiles() / (FEWEST_TILES * winograd.rows()));
      count = Math.min(longEnough, (int) Math.ceil(scratch / most));
    }

    private long tileBytes(int tiles) {
      return 4 * winograd.transformedFloats(winograd.rows(tiles), call.icBlocks());
    }

    private long productBytes(int tiles) {
      return 4L * winograd.points() * winograd.rows(tiles) * call.panels() * winograd.width();
    }

    private int first(int part) {
      return (int) ((long) call.tiles() * part / count);
    }

    private int longest() {
      return ceilDiv(call.tiles(), count);
    }

    Offer offer() {
      LayerOffer offer = LayerOffer.of(call.op(), device);
      for (int part = 0; part < count; part++) {
        int first = first(part);
        int tiles = first(part + 1) - first;
        input(offer, first, tiles);
        multiply(offer, tiles);
        output(offer, first, tiles);
      }
      long tileScratch = Math.max(tileBytes(longest()), tileBytes(call.tiles() / count));
      long productScratch = Math.max(productBytes(longest()), productBytes(call.tiles() / count));
      return offer
          .scratch(tileScratch, productScratch)
          .accept(call.weights(), call.biasFloats(), seconds());
    }

    private void input(LayerOffer offer, int first, int tiles) {
      Conv2dShape s = call.shape();
      int groups = winograd.groups(tiles);
      int shares = ceilDiv(INPUT_ITEMS_PER_CORE * device.limits().computeUnits(), groups);
      offer.unfinished(
          "conv2d_winograd_input",
          call.defines(),
          NdRange.items(groups, Math.min(call.icBlocks(), shares)),
          new Arguments()
              .input(0)
              .scratch(0)
              .ints(s.ic(), s.ih(), s.iw(), s.oh(), s.ow())
              .ints(call.padTop(), call.padLeft(), first, tiles));
    }

    private void multiply(LayerOffer offer, int tiles) {
      offer.unfinished(
          "conv2d_winograd_multiply",
          call.defines(),
          NdRange.items(winograd.points(), multiplyShares()),
          new Arguments()
              .scratch(0)
              .scratch(1)
              .packed(0)
              .ints(call.shape().ic(), call.shape().oc(), tiles, groupsInCache()));
    }

    private void output(LayerOffer offer, int first, int tiles) {
      Conv2dShape s = call.shape();
      offer.launch(
          "conv2d_winograd_output",
          call.defines(),
          NdRange.items(winograd.groups(tiles), call.panels()),
          new Arguments()
              .scratch(1)
              .output()
              .addAll(offer.epilogue())
              .ints(s.oc(), s.oh(), s.ow(), first, tiles));
    }

    /** Shares of the output channels, each a matrix product at every point. */
    private int multiplyShares() {
      int items = MemoryBound.ITEMS_PER_CORE * device.limits().computeUnits();
      return Math.min(call.panels(), ceilDiv(items, winograd.points()));
    }

    /** Register tiles whose rows fill half of the cache that local memory stands for. */
    private int groupsInCache() {
      long groupBytes = 4L * winograd.rows() * call.icBlocks() * winograd.block();
      return (int) Math.max(1, device.limits().localMemoryBytes() / 2 / groupBytes);
    }

    private double seconds() {
      double tiles = (double) tileBytes(longest()) * count;
      double products = (double) productBytes(longest()) * count;
      double items = (double) winograd.points() * multiplyShares();
      double multiply =
          call.seconds(
              call.multiplyFlops((double) winograd.rows(longest()) * count)
                  * device.limits().imbalance(items),
              tiles + 2 * products + call.weightBytes() * count);
      double input = call.seconds(call.inputFlops(), call.inputBytes() + 2 * tiles);
      double output = call.seconds(call.outputFlops(), products + 2 * call.outputBytes());
      return input + multiply + output + 3 * (count - 1) * device.speed().launchSeconds();
    }
  }
}
