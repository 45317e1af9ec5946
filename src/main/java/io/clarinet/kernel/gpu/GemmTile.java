package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tile of {@code gemm_tile.clh}: how a group and its lanes share out a matrix product.
 *
 * @param rows sums of a group along the first matrix: pixels
 * @param columns its sums along the second: output channels
 * @param terms of a slab, which is read at once
 * @param laneRows rows of a lane
 * @param laneColumns columns of a lane, a multiple of 4
 * @param shares lanes for each sum, which share the terms of a slab
 * @param local whether slabs lie in local memory
 * @param registers of a work-item, of compilers for NVIDIA and AMD the most
 */
record GemmTile(
    int rows,
    int columns,
    int terms,
    int laneRows,
    int laneColumns,
    int shares,
    boolean local,
    int registers) {
  /** Products in one running sum. */
  private static final int LONGEST_SUM = 512;

  /** Local memory that even NVIDIA's devices give a group. */
  private static final long MOST_LOCAL_BYTES = 48 << 10;

  /** Instructions to find a lane's pixels and to finish its sums, beside each sum's own. */
  private static final int LANE_START = 200;

  private static final int SUM_FINISH = 8;

  /** Multiply-adds in the time of a load of 16 bytes that the cache answers. */
  private static final double CACHE_LOAD = 4;

  /**
   * Loads in the time of multiply-adds of a lane of 8 x 8, which {@link GpuCost} counts already.
   */
  private static final double USUAL_LOADS = 1.0 / 16;

  /** The name of a kernel in this tile. */
  String of(String kernel) {
    return kernel + '_' + rows + 'x' + columns + 'x' + terms;
  }

  int lanes() {
    return rows / laneRows * (columns / laneColumns) * shares;
  }

  long localBytes() {
    return local ? 2L * Float.BYTES * terms * (rows + columns) : 0;
  }

  /** Slabs in one running sum at most. */
  int runSlabs() {
    return LONGEST_SUM * shares / terms;
  }

  /** Declines devices that are not offered this tile, or that it does not fit. */
  Offer.@Nullable Decline declined(DeviceProfile device) {
    return GemmTiles.of(device.simt().architecture()).contains(this)
        ? unfit(device)
        : new Offer.Decline("no tile for " + device.simt().architecture() + " devices");
  }

  /** Declines devices whose groups or local memory are too small. */
  Offer.@Nullable Decline unfit(DeviceProfile device) {
    if (lanes() > device.simt().groupSize()) {
      return new Offer.Decline("groups of " + lanes() + " exceed the device's");
    }
    return localBytes() <= Math.min(MOST_LOCAL_BYTES, device.limits().localMemoryBytes())
        ? null
        : new Offer.Decline(localBytes() + " bytes of local memory exceed the device's");
  }

  /**
   * Work of a group.
   *
   * @param slabs that it multiplies
   */
  GroupWork work(int slabs) {
    double sums = (double) rows * columns;
    double products = sums * terms * slabs * (1 + loads()) / (1 + USUAL_LOADS);
    double others = (double) LANE_START * lanes() + SUM_FINISH * sums;
    int totals = slabs > runSlabs() ? laneRows * laneColumns : 0;
    double read = 4.0 * terms * slabs * (rows + columns);
    return new GroupWork(
            lanes(),
            2 * (products + others),
            registers + totals,
            laneRows * laneColumns,
            localBytes())
        .cached(read + 4 * sums)
        .steps(slabs + 1);
  }

  /** Time of a lane's loads and stores of 16 bytes in that of its multiply-adds. */
  private double loads() {
    double multiplies = (double) laneRows * laneColumns * terms / shares;
    double operands = (laneRows + laneColumns) * terms / 4.0 / shares;
    double copies = 2.0 * localBytes() / 2 / 16 / lanes();
    return (local ? operands + copies : CACHE_LOAD * operands) / multiplies;
  }

  /** The defines of {@code gemm_tile.clh}, for groups that multiply so many slabs. */
  Map<String, String> defines(int slabs) {
    Map<String, Integer> all = new HashMap<>();
    all.put("GROUP", lanes());
    all.put("TILE_M", rows);
    all.put("TILE_N", columns);
    all.put("TILE_K", terms);
    all.put("LANE_M", laneRows);
    all.put("LANE_N", laneColumns);
    all.put("K_SHARES", shares);
    all.put("SLABS_LOCAL", local ? 1 : 0);
    all.put("RUN_SLABS", slabs > runSlabs() ? runSlabs() : 0);
    Map<String, String> defines = new HashMap<>();
    all.forEach((name, value) -> defines.put(name, value.toString()));
    return defines;
  }
}
