package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import java.util.Map;

/**
 * How the register-tile kernels share a convolution out among work-items ({@code conv_tile.clh}).
 *
 * @param block channels in a block
 * @param tileBlocks output channel blocks that a full tile of registers holds
 * @param tiles tiles of the output channels of one group
 * @param strip output pixels of a work-item
 * @param strips work-items along the pixels
 * @param pass input channels summed for a whole strip before the next are begun
 */
record Conv2dTiling(int block, int tileBlocks, int tiles, int strip, int strips, int pass) {
  private static final int TILE_PIXELS = 6;

  /** Fewer pixels than this leave the weights too little used. */
  private static final int SHORT_STRIP = 48;

  /** Work-items a core, so that a core that is disturbed does not hold the others up. */
  private static final int ITEMS_PER_CORE = 8;

  /** Weights that stay in a core's cache while a strip's pixels pass by. */
  private static final int PASS_BYTES = 64 << 10;

  /** Products in one running sum. */
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

  /** Blocks that even tiles of this size, or one less, can cover. */
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

  /** As few strips as keep all cores busy. */
  private static int strips(int pixels, int columns, DeviceProfile device) {
    int cores = device.limits().computeUnits();
    int most = Math.max(1, pixels / SHORT_STRIP);
    int strips = Math.min(most, ceilDiv(ITEMS_PER_CORE * cores, columns));
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
    boolean small = strip <= 2 * TILE_PIXELS;
    int terms = small ? LONGEST_SUM : Math.min(LONGEST_SUM, PASS_BYTES / (4 * width));
    int most = Math.max(1, terms / (shape.taps() * block));
    return ceilDiv(blocks, ceilDiv(blocks, most)) * block;
  }

  /**
   * The convolution's operations with what its tiles waste: idle lanes, short tiles, their starts
   * and ends, and cores that wait.
   *
   * @param cores of the device
   */
  double flopsSpent(Conv2dShape shape, int cores) {
    int depth = shape.groupInputs() * shape.taps();
    int blocks = ceilDiv(shape.groupOutputs(), block);
    double pixelTiles = Math.ceil((double) strip / TILE_PIXELS) * strips;
    double pixelsPerTile = shape.pixels() / pixelTiles;
    double blocksPerTile = (double) blocks / tiles;
    double registers = pixelsPerTile * blocksPerTile;
    double cycles = depth * Math.max(registers / 2, 4) + 40 + 4 * registers;
    double items = (double) tiles * shape.groups() * strips;
    return pixelTiles
        * tiles
        * shape.groups()
        * cycles
        * 4
        * block
        * (Math.ceil(items / cores) * cores / items);
  }
}
