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
  ONE_BY_ONE("1x1", 1, 1, false, 64),
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

  /** Instructions of a strip that takes so many input channels by so many taps. */
  double instructions(int inputs, double taps) {
    double channel =
        gather
            ? LOAD + pixels * (4 + 4 * (LOAD + 2))
            : (pixels * (LOAD + 4) + blocks * 4 * LOAD) / BLOCK + pixels * blocks * 4;
    return taps * (rows(inputs) * channel + pixels * PLACE);
  }

  /** Instructions of a strip that takes its own channels only, each input in {@code loads}. */
  double instructions(double taps, double loads) {
    return taps * (LOAD + 4 * pixels) + loads * (LOAD + PLACE);
  }

  /**
   * A launch of so many strips.
   *
   * @param instructions of a strip, the four of a vector counted singly
   * @param products of the longest sum
   */
  Strips strips(long count, double instructions, double products, DeviceProfile device) {
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
    double flops = 2 * lanes * (instructions + AROUND);
    return new Strips(
        GpuRange.defines(defines, lanes),
        GpuRange.range(count, 1, lanes),
        new GroupWork(lanes, flops, registers, 4 * pixels * blocks, 0));
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
