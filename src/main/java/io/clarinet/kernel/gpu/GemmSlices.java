package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;

/**
 * How many slices the sums of a matrix product are cut into, so that a few tiles fill the device:
 * as many as are fastest, the launch that adds them up included.
 *
 * @param bytes scratch for the sums of all slices
 * @param seconds predicted time
 */
record GemmSlices(int count, long bytes, double seconds) {
  /** More slices than fill the largest devices are not looked at. */
  private static final int MOST = 64;

  private static final long MOST_BYTES = 64 << 20;

  /**
   * A product.
   *
   * @param tiles groups of one slice
   * @param slabs of each sum
   * @param resultBytes of the result in whole blocks
   * @param bytes that must come from or go to memory
   */
  record Product(long tiles, int slabs, long resultBytes, double bytes) {}

  static GemmSlices best(GemmTile tile, DeviceProfile device, Product product) {
    GemmSlices best = of(1, tile, device, product);
    long fit = Math.min(MOST_BYTES, device.limits().maxAllocationBytes()) / product.resultBytes();
    for (int count = 2; count <= Math.min(Math.min(MOST, product.slabs()), fit); count++) {
      GemmSlices other = of(count, tile, device, product);
      best = other.seconds < best.seconds ? other : best;
    }
    return best;
  }

  private static GemmSlices of(int count, GemmTile tile, DeviceProfile device, Product product) {
    GpuCost cost = new GpuCost(device);
    GroupWork work = tile.work(ceilDiv(product.slabs(), count));
    long groups = product.tiles() * count;
    if (count == 1) {
      return new GemmSlices(1, 0, cost.seconds(groups, work, product.bytes()));
    }
    long scratch = count * product.resultBytes();
    double through = cost.uncached((double) scratch);
    double multiply = cost.seconds(groups, work, product.bytes() - product.resultBytes() + through);
    int lanes = GpuRange.lanes(product.resultBytes() / 16, device);
    double add =
        cost.seconds(
            ceilDiv(product.resultBytes() / 16, lanes),
            GroupWork.streaming(lanes, 32.0 * lanes * count).cached(16.0 * lanes * count),
            through + product.resultBytes());
    return new GemmSlices(count, scratch, multiply + add);
  }
}
