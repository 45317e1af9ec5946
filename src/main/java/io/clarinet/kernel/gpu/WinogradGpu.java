package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.Conv2dKernel;
import io.clarinet.kernel.opencl.Conv2dShape;
import io.clarinet.kernel.opencl.LayerOffer;
import io.clarinet.kernel.opencl.Winograd;
import io.clarinet.kernel.opencl.WinogradWeights;
import io.clarinet.op.Conv2d;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code opencl/gpu/winograd_input_gpu.cl}, {@code conv2d_gemm.cl} as a product for each point, and
 * {@code winograd_output_gpu.cl}: a 3×3 convolution by F(m×m, 3×3) in three launches through
 * scratch. Tiles are taken in parts, where scratch would be too large or leave the cache.
 */
record WinogradGpu(Conv2d op, int m, GemmTile tile) implements Conv2dKernel {
  private static final int BLOCK = DeviceProfile.GPU_BLOCK;

  /** Channels below which TensorFlow Lite's transforms cost more than they save. */
  private static final int FEWEST_CHANNELS = 64;

  /** Tiles below which its products are too flat. */
  private static final int FEWEST_TILES = 32;

  private static final int FEWEST_TILES_ON_ADRENO = 128;

  /** Times that a smaller convolution counts: as often as F(4×4) saves multiplications. */
  private static final double SMALL = 4;

  private static final long MOST_SCRATCH_BYTES = 256L << 20;

  /** More parts are not looked at, unless scratch would be too large. */
  private static final int MOST_PARTS = 64;

  /** Work-items of a group of the transforms: their registers are many. */
  private static final int LANES = 64;

  /** Instructions of a work-item of the transforms for each place of a tile. */
  private static final int LANE_INSTRUCTIONS = 12;

  /** Bytes that it moves for each place, times m: one side of the transform is smaller. */
  private static final double LANE_BYTES = 1.5 * 32;

  /** Of compilers for NVIDIA and AMD the most. */
  private static final int REGISTERS = 168;

  /**
   * F(4×4) and F(2×2) with the products in each tile of {@code conv2d_gemm}; none where the window
   * has no tiles.
   */
  static List<Kernel> of(Conv2d op) {
    if (!op.hasWinograd()) {
      return List.of();
    }
    return Stream.of(4, 2)
        .flatMap(m -> GemmTiles.all().stream().<Kernel>map(tile -> new WinogradGpu(op, m, tile)))
        .toList();
  }

  @Override
  public String name() {
    return tile.of("winograd_gpu_f" + m);
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    Offer.Decline declined = tile.declined(device);
    return declined == null ? new Call(shape, device).offer() : declined;
  }

  /** The convolution on one device. */
  private final class Call {
    private final Conv2dShape shape;
    private final DeviceProfile device;
    private final GpuCost cost;
    private final int tiles;
    private final int icBlocks;
    private final int ocBlocks;
    private final WinogradWeights weights;

    Call(Conv2dShape shape, DeviceProfile device) {
      this.shape = shape;
      this.device = device;
      cost = new GpuCost(device);
      icBlocks = ceilDiv(shape.ic(), BLOCK);
      ocBlocks = ceilDiv(shape.oc(), BLOCK);
      Winograd winograd = new Winograd(m, BLOCK);
      tiles = winograd.tiles(shape);
      weights =
          new WinogradWeights(winograd, shape.oc(), shape.ic(), tile.columns(), tile.terms(), true);
    }

    private int points() {
      return weights.winograd().points();
    }

    /** Scratch of so many tiles of so many channel blocks. */
    private long bytes(int part, int blocks) {
      return 16L * points() * blocks * part;
    }

    private long bytes(int part) {
      return bytes(part, icBlocks + ocBlocks);
    }

    /** Tiles of a part where there are so many parts. */
    private int part(int parts) {
      return Math.min(tiles, roundUp(ceilDiv(tiles, parts), tile.rows()));
    }

    private boolean fits(int part) {
      long largest = bytes(part, Math.max(icBlocks, ocBlocks));
      return bytes(part) <= MOST_SCRATCH_BYTES && largest <= device.limits().maxAllocationBytes();
    }

    Offer offer() {
      int part = tiles;
      for (int parts = 2; !fits(part); parts++) {
        if (part <= tile.rows()) {
          return new Offer.Decline("transformed tiles exceed the memory for them");
        }
        part = part(parts);
      }
      if (weights.bytes() > device.limits().maxAllocationBytes()) {
        return new Offer.Decline("transformed weights exceed the largest allocation");
      }
      return accept(fastest(part));
    }

    /** The part, at most so large, by which all parts take the least time. */
    private int fastest(int most) {
      int best = most;
      for (int parts = 2; parts <= MOST_PARTS; parts++) {
        int part = part(parts);
        best = part < best && seconds(part) < seconds(best) ? part : best;
      }
      return best;
    }

    private Offer accept(int part) {
      LayerOffer offer = LayerOffer.of(op, device);
      for (int first = 0; first < tiles; first += part) {
        int count = Math.min(part, tiles - first);
        input(offer, first, count);
        multiply(offer, count);
        output(offer, first, count);
      }
      return offer
          .scratch(bytes(part, icBlocks), bytes(part, ocBlocks))
          .accept(weights, ocBlocks * BLOCK, (isSmall() ? SMALL : 1) * seconds(part));
    }

    private boolean isSmall() {
      boolean adreno = device.simt().architecture() == Microarchitecture.ADRENO;
      return Math.min(shape.ic(), shape.oc()) < FEWEST_CHANNELS
          || tiles < (adreno ? FEWEST_TILES_ON_ADRENO : FEWEST_TILES);
    }

    private void input(LayerOffer offer, int first, int count) {
      offer.unfinished(
          "winograd_input_gpu",
          transformDefines(),
          transformRange(icBlocks, count),
          new Arguments()
              .input(0)
              .scratch(0)
              .ints(shape.ic(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
              .ints(shape.window().padding().top(), shape.window().padding().left())
              .ints(first, count));
    }

    private void multiply(LayerOffer offer, int count) {
      offer
          .unfinished(
              "conv2d_gemm",
              productDefines(),
              productRange(count),
              new Arguments()
                  .scratch(0)
                  .scratch(1)
                  .packed(0)
                  .addAll(offer.epilogue())
                  .ints(1, shape.ic(), shape.oc(), 1, count, 1, count)
                  .ints(1, 1, 1, 1, 0, 0, 1, 1))
          .resident(cost.resident(productRange(count), tile.work(slabs())));
    }

    private void output(LayerOffer offer, int first, int count) {
      offer.launch(
          "winograd_output_gpu",
          transformDefines(),
          transformRange(ocBlocks, count),
          new Arguments()
              .scratch(1)
              .output()
              .addAll(offer.epilogue())
              .ints(shape.oc(), shape.oh(), shape.ow(), first, count));
    }

    private int lanes() {
      return Math.min(LANES, device.simt().groupSize());
    }

    private Map<String, String> transformDefines() {
      return GpuRange.defines(Map.of("WINO_M", Integer.toString(m)), lanes());
    }

    /** Of F(4×4) two work-items for each block of a tile. */
    private NdRange transformRange(int blocks, int count) {
      return GpuRange.range((long) blocks * count * (m / 2), 1, lanes());
    }

    private int slabs() {
      return ceilDiv(shape.ic(), tile.terms());
    }

    private Map<String, String> productDefines() {
      Map<String, String> defines = new HashMap<>(tile.defines(slabs()));
      defines.put("MASK_BITS", "1");
      defines.put("SPLIT", "1"); // sums as they are
      return defines;
    }

    private NdRange productRange(int count) {
      long groups = (long) ceilDiv(count, tile.rows()) * ceilDiv(shape.oc(), tile.columns());
      return NdRange.groups(tile.lanes(), groups, 1, points());
    }

    private double seconds(int part) {
      int whole = tiles / part;
      int rest = tiles % part;
      return whole * partSeconds(part) + (rest == 0 ? 0 : partSeconds(rest));
    }

    private double partSeconds(int count) {
      double share = (double) count / tiles;
      boolean cached = cost.uncached((double) bytes(count)) == 0;
      double v = cached ? 0 : bytes(count, icBlocks);
      double p = cached ? 0 : bytes(count, ocBlocks);
      double x = 4.0 * shape.n() * shape.ic() * shape.ih() * shape.iw();
      double y = 4.0 * shape.pixels() * shape.oc() * (op.epilogue().residual() ? 2 : 1);
      return transformSeconds(icBlocks, count, share * x + v)
          + cost.seconds(productRange(count).groups(), tile.work(slabs()), v + p + weights.bytes())
          + transformSeconds(ocBlocks, count, p + share * y);
    }

    private double transformSeconds(int blocks, int count, double bytes) {
      double places = (double) lanes() * points();
      GroupWork work =
          new GroupWork(lanes(), 2 * LANE_INSTRUCTIONS * places, REGISTERS, points(), 0)
              .cached(LANE_BYTES / m * places);
      return cost.seconds(transformRange(blocks, count).groups(), work, bytes);
    }
  }
}
