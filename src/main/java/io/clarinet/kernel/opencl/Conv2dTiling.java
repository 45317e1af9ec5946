package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import java.util.Map;

/**
 * The division of a convolution among work-items by the register-tile kernels ({@code
 * conv_tile.clh}).
 *
 * @param block channels in a block
 * @param tileBlocks output channel blocks that a full tile of registers holds
 * @param tiles tiles of the output channels of one group
 * @param strip output pixels of a work-item
 * @param strips work-items along the pixels
 * @param pass input channels summed for a whole strip before the next are begun
 */
record Conv2dTiling(int block, int tileBlocks, int tiles, int strip, int strips, int pass) {
  /**
   * Pixels below which weights are too little used: eight tiles, between which they are read again.
   * No measurement of it is on record.
   */
  static final int SHORT_STRIP = 8 * CoreModel.TILE_PIXELS;

  /**
   * Weights that stay in a core's cache while a strip's pixels pass by: 32 to 128 kB were alike,
   * 256 were not ({@code performance.md}).
   */
  private static final int PASS_BYTES = 64 << 10;

  /** Products in one running sum, few enough for {@code LongSumsTest}. */
  private static final int LONGEST_SUM = 1024;

  static Conv2dTiling of(Conv2dShape shape, DeviceProfile device) {
    int block = device.channelBlock();
    int blocks = ceilDiv(shape.groupOutputs(), block);
    int tileBlocks = tileBlocks(block, blocks);
    int tiles = ceilDiv(blocks, tileBlocks);
    int strips = strips(shape.pixels(), tiles * shape.groups(), device);
    int most = cached(shape, device);
    int strip = ceilDiv(shape.pixels(), Math.max(strips, ceilDiv(shape.pixels(), most)));
    int width = ceilDiv(blocks, tiles) * block;
    return new Conv2dTiling(
        block,
        tileBlocks,
        tiles,
        strip,
        ceilDiv(shape.pixels(), strip),
        pass(shape, block, width, strip));
  }

  /**
   * Blocks of a full tile: what the registers hold ({@code conv_tile.clh}), 4 of 16 channels,
   * unless tiles of 4 and 3 cannot cover the blocks.
   */
  static int tileBlocks(int block, int blocks) {
    return block == 16 && blocks >= 3 && blocks != 5 ? 4 : 2;
  }

  /** The defines of {@code conv_tile.clh} for tiles that share out this many blocks. */
  static Map<String, String> defines(int tileBlocks, int tiles, int blocks) {
    return Map.of(
        "TILE_BLOCKS",
        Integer.toString(tileBlocks),
        "TILE_EVEN",
        tileBlocks * tiles == blocks ? "1" : "0");
  }

  /** The defines of {@code conv_tile.clh}. */
  Map<String, String> defines(Conv2dShape shape) {
    return defines(tileBlocks, tiles, ceilDiv(shape.groupOutputs(), block));
  }

  /** The fewest strips that keep all cores busy. */
  private static int strips(int pixels, int columns, DeviceProfile device) {
    int cores = device.limits().computeUnits();
    int most = Math.max(1, pixels / SHORT_STRIP);
    int strips = Math.min(most, ceilDiv(MemoryBound.ITEMS_PER_CORE * cores, columns));
    for (int even = strips; even <= Math.min(2 * most, strips + cores - 1); even++) {
      if (columns * even % cores == 0) {
        return even;
      }
    }
    return strips;
  }

  /** Pixels whose input stays in a core's cache while the tiles of channels pass by. */
  private static int cached(Conv2dShape shape, DeviceProfile device) {
    long bytes = 4L * shape.groupInputs();
    return (int) Math.max(SHORT_STRIP, device.limits().localMemoryBytes() / 2 / bytes);
  }

  private static int pass(Conv2dShape shape, int block, int width, int strip) {
    int blocks = ceilDiv(shape.groupInputs(), block);
    boolean small = strip <= 2 * CoreModel.TILE_PIXELS;
    int terms = small ? LONGEST_SUM : Math.min(LONGEST_SUM, PASS_BYTES / (4 * width));
    int most = Math.max(1, terms / (shape.taps() * block));
    return ceilDiv(blocks, ceilDiv(blocks, most)) * block;
  }

  /**
   * The convolution's operations including the waste of its tiles: idle lanes, short tiles, their
   * starts and ends, and cores that wait.
   */
  double flopsSpent(Conv2dShape shape, DeviceLimits limits) {
    int depth = shape.groupInputs() * shape.taps();
    int blocks = ceilDiv(shape.groupOutputs(), block);
    double pixelTiles = Math.ceil((double) strip / CoreModel.TILE_PIXELS) * strips;
    double pixelsPerTile = shape.pixels() / pixelTiles;
    double blocksPerTile = (double) blocks / tiles;
    double registers = pixelsPerTile * blocksPerTile;
    double cycles = pixelTiles * tiles * shape.groups() * CoreModel.tileCycles(depth, registers);
    double items = (double) tiles * shape.groups() * strips;
    return CoreModel.flops(cycles, block) * limits.imbalance(items);
  }
}
