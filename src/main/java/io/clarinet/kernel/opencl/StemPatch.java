package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.op.Window2d;
import org.jspecify.annotations.Nullable;

/** The output pixels that one work-item of {@link Conv2dStem} makes of a copy in local memory. */
record StemPatch(int rows, int columns) {
  private static final int ITEMS_PER_CORE = 8;

  /** More than this would leave no room for weights beside the copy in a core's cache. */
  private static final long MOST_BYTES = 128 << 10;

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
    int items = ITEMS_PER_CORE * device.limits().computeUnits();
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
    return 4 * shape.ic() * height * width;
  }

  /** The convolution's operations with idle lanes, and starts and ends of tiles. */
  double flopsSpent(Conv2dShape shape, int block, int tiles) {
    double blocks = ceilDiv(shape.oc(), block);
    double registers = 6 * blocks / tiles;
    double depth = shape.ic() * shape.taps();
    double cycles = 1.1 * depth * Math.max(registers / 2, 4) + 40 + 4 * registers;
    return shape.pixels() / 6.0 * tiles * cycles * 4 * block;
  }
}
