package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.op.Window2d;
import org.jspecify.annotations.Nullable;

/** The output pixels that one work-item of {@link Conv2dStem} makes of a copy in local memory. */
record StemPatch(int rows, int columns) {
  /** Copied bytes beside which a core's cache has room for weights; no measurement is on record. */
  private static final long MOST_BYTES = 128 << 10;

  /**
   * Time of a product with the reading of its input from the copy, in that of the product alone:
   * AlexNet's stem reaches 90 % of the peak ({@code performance.md}).
   */
  private static final double COPY_COST = 1.1;

  /** Whole rows if they fit, several if work-items are left; null if not even one pixel fits. */
  static @Nullable StemPatch of(Conv2dShape shape, DeviceProfile device) {
    long most = Math.min(device.limits().localMemoryBytes(), MOST_BYTES);
    StemPatch patch = new StemPatch(1, shape.ow());
    while (patch.bytes(shape) > most && patch.columns > 1) {
      patch = new StemPatch(1, ceilDiv(patch.columns, 2));
    }
    if (patch.bytes(shape) > most) {
      return null;
    }
    int items = MemoryBound.ITEMS_PER_CORE * device.limits().computeUnits();
    for (StemPatch next = patch.taller(); next.rows <= shape.oh(); next = next.taller()) {
      if (next.bytes(shape) > most || next.down(shape) * next.across(shape) * shape.n() < items) {
        break;
      }
      patch = next;
    }
    return patch;
  }

  private StemPatch taller() {
    return new StemPatch(rows + 1, columns);
  }

  int across(Conv2dShape shape) {
    return ceilDiv(shape.ow(), columns);
  }

  int down(Conv2dShape shape) {
    return ceilDiv(shape.oh(), rows);
  }

  /** Local memory that the copy takes. */
  long bytes(Conv2dShape shape) {
    Window2d w = shape.window();
    long height = (rows - 1L) * w.strideH() + w.reachH();
    long width = (columns - 1L) * w.strideW() + w.reachW();
    return 4L * shape.ic() * height * width;
  }

  /** The convolution's operations with idle lanes, and starts and ends of tiles. */
  double flopsSpent(Conv2dShape shape, int block, int tiles) {
    double blocks = ceilDiv(shape.oc(), block);
    double sums = CoreModel.TILE_PIXELS * blocks / tiles;
    double depth = shape.ic() * shape.taps();
    double pixelTiles = (double) shape.pixels() / CoreModel.TILE_PIXELS;
    double cycles = pixelTiles * tiles * CoreModel.tileCycles(COPY_COST * depth, sums);
    return CoreModel.flops(cycles, block);
  }
}
