package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of the kernels whose work-items make strips of outputs ({@code strip.clh}). */
enum StripForm {
  FOUR_BY_TWO("4x2", 4, 2, false, 128),
  FOUR_BY_ONE("4x1", 4, 1, false, 96),
  ONE_BY_ONE("1x1", 1, 1, false, 124),
  /** Channel by channel, for groups that are not whole blocks. */
  GATHER("gather", 2, 1, true, 64);

  private static final int BLOCK = DeviceProfile.GPU_BLOCK;

  /** Products that one running sum may have. */
  static final int LONGEST_SUM = 512;

  /** Instructions to find a strip and to finish it, and to find a place on the image. */
  private static final double AROUND = 80;

  private static final double PLACE = 10;

  /** Instructions in the time of a load that caches answer. */
  private static final double LOAD = 4;

  /** Loads of a loop's turns that are under way at once, as compilers unroll it. */
  private static final double AT_ONCE = 2;

  /** Strips of the smallest group, and bytes of a unit's own cache that are its. */
  private static final int FEW = 64;

  private static final double FIRST_CACHE = 32 << 10;

  /** The form in kernels' names: outputs below each other by channel blocks. */
  final String label;

  final int pixels;
  final int blocks;
  private final boolean gather;
  private final int registers;

  StripForm(String label, int pixels, int blocks, boolean gather, int registers) {
    this.label = label;
    this.pixels = pixels;
    this.blocks = blocks;
    this.gather = gather;
    this.registers = registers;
  }

  /** Declines groups that lie otherwise in their blocks, and sums with too few registers. */
  Offer.@Nullable Decline declined(int groups, int inputs, int outputs, double products) {
    boolean whole = groups == 1 || (inputs % BLOCK == 0 && outputs % BLOCK == 0);
    if (gather == whole) {
      return new Offer.Decline(
          "only for groups that are " + (gather ? "not " : "") + "whole blocks");
    }
    if (ceilDiv(outputs, BLOCK) % blocks != 0) {
      return new Offer.Decline("only for multiples of " + blocks * BLOCK + " output channels");
    }
    return blocks > 1 && products > LONGEST_SUM
        ? new Offer.Decline("only for sums of at most " + LONGEST_SUM + " products")
        : null;
  }

  /** Input channels in the packed weights. */
  int rows(int inputs) {
    return gather ? inputs : ceilDiv(inputs, BLOCK) * BLOCK;
  }

  /** Strips that a column of the output takes, whose outputs are {@code step} rows apart. */
  int stripsHigh(int height, int step) {
    return Math.min(step, height) * ceilDiv(ceilDiv(height, step), pixels);
  }

  /**
   * What a strip does that takes so many input channels by so many taps.
   *
   * @param sharing strips of one tile and image, which take the same weights
   */
  Walk products(int inputs, double taps, long sharing) {
    int rows = rows(inputs);
    double channel =
        gather
            ? LOAD + pixels * (4 + 4 * (LOAD + 2))
            : (pixels * (LOAD + 4) + blocks * 4 * LOAD) / BLOCK + pixels * blocks * 4;
    double weights = 4.0 * BLOCK * blocks * rows * taps / Math.min(FEW, sharing);
    double input = 4.0 * pixels * rows * (gather ? BLOCK : 1);
    double again = input * FEW > FIRST_CACHE ? taps : 1;
    return new Walk(
        taps * (rows * channel + pixels * PLACE),
        input * again + weights,
        taps * rows / (gather ? 1 : BLOCK) / AT_ONCE);
  }

  /**
   * What a strip does that takes its own channels only.
   *
   * @param loads inputs that it loads, those that more outputs share once
   * @param inputs different inputs among these that neighbours do not take too
   * @param columns steps in which it loads them
   */
  Walk own(double taps, double loads, double inputs, double columns) {
    return new Walk(
        taps * (LOAD + 4 * pixels) + loads * (LOAD + PLACE), 16 * inputs, columns / AT_ONCE);
  }

  /**
   * What a strip does.
   *
   * @param instructions the four of a vector counted singly
   * @param bytes that come from the cache of all units
   * @param steps waits for loads
   */
  record Walk(double instructions, double bytes, double steps) {}

  /**
   * A launch of so many strips.
   *
   * @param products of the longest sum
   */
  Strips strips(long count, Walk walk, double products, DeviceProfile device) {
    int lanes = GpuRange.lanes(count, device);
    Map<String, String> defines = new HashMap<>();
    defines.put("PIXELS", Integer.toString(pixels));
    defines.put("BLOCKS", Integer.toString(blocks));
    if (gather) {
      defines.put("GATHER", "1");
    }
    if (products > LONGEST_SUM) {
      defines.put("LONG", "1");
    }
    double flops = 2 * lanes * (walk.instructions + AROUND);
    double stored = 16.0 * pixels * blocks;
    return new Strips(
        GpuRange.defines(defines, lanes),
        GpuRange.range(count, 1, lanes),
        new GroupWork(lanes, flops, registers, 4 * pixels * blocks, 0)
            .cached(lanes * (walk.bytes + stored))
            .steps((int) Math.min(Integer.MAX_VALUE, 1 + walk.steps)));
  }

  /** A launch of strips. */
  record Strips(Map<String, String> defines, NdRange range, GroupWork work) {

    /** With one more define. */
    Strips with(String name, int value) {
      Map<String, String> more = new HashMap<>(defines);
      more.put(name, Integer.toString(value));
      return new Strips(more, range, work);
    }

    Offer.@Nullable Decline declined(DeviceProfile device) {
      return GpuRange.declined(range, work, device);
    }

    /** Groups that the price takes to be under way on a unit. */
    long resident(DeviceProfile device) {
      return new GpuCost(device).resident(range, work);
    }

    /** Predicted time, by the bytes that come from or go to memory. */
    double seconds(double bytes, DeviceProfile device) {
      return new GpuCost(device).seconds(range.groups(), work, bytes);
    }
  }
}
