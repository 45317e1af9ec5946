package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Window2d;
import org.jspecify.annotations.Nullable;

/**
 * Winograd's minimal filtering F(m×m, 3×3) as {@code opencl/include/winograd.clh} does it (Lavin
 * and Gray, arXiv 1509.09308): tiles of m×m outputs, (m+2)² products each.
 *
 * @param m 2 or 4
 * @param block channels in a block
 */
public record Winograd(int m, int block) {
  private static final double[] POINTS_2 = {0, 1, -1};
  private static final double[] POINTS_4 = {0, 0.625, -0.625, 1.5, -1.5};

  /** Output channel blocks of a register tile. */
  static final int BLOCKS = 2;

  /** Declines what has no tiles of 3x3 kernels. */
  public static Offer.@Nullable Decline declined(Conv2d op) {
    Window2d w = op.window();
    if (w.kernelH() != 3 || w.kernelW() != 3 || op.groups() != 1) {
      return new Offer.Decline("only for kernels 3x3 in one group");
    }
    return w.strideH() == 1 && w.strideW() == 1 && w.dilationH() == 1 && w.dilationW() == 1
        ? null
        : new Offer.Decline("only for stride 1 without dilation");
  }

  /** Inputs along a side of a tile. */
  public int n() {
    return m + 2;
  }

  /** Products of a tile. */
  public int points() {
    return n() * n();
  }

  /** Output channels of a panel of weights. */
  int width() {
    return BLOCKS * block;
  }

  /** Rows of the largest register tile. */
  int rows() {
    return block == 16 ? 13 : 6;
  }

  private int smallRows() {
    return block == 16 ? 8 : 3;
  }

  /** The matrix G that carries a kernel's row to the points, [m+2][3]. */
  float[][] kernelTransform() {
    double[] points = m == 4 ? POINTS_4 : POINTS_2;
    float[][] g = new float[n()][3];
    for (int i = 0; i < points.length; i++) {
      double scale = 1;
      for (int j = 0; j < points.length; j++) {
        scale *= j == i ? 1 : points[i] - points[j];
      }
      g[i] =
          new float[] {
            (float) (1 / scale),
            (float) (points[i] / scale),
            (float) (points[i] * points[i] / scale)
          };
    }
    g[m + 1] = new float[] {0, 0, 1};
    return g;
  }

  /** Tiles over the whole batch. */
  public int tiles(Conv2dShape shape) {
    return shape.n() * ceilDiv(shape.oh(), m) * ceilDiv(shape.ow(), m);
  }

  /** Register tiles that cover so many tiles. */
  int groups(int tiles) {
    return ceilDiv(tiles, rows());
  }

  /**
   * Rows of those register tiles: wide and narrow ones where that comes out even, else up to two
   * small ones after wide ones where that wastes less than narrow ones alone.
   */
  int rows(int tiles) {
    int n = groups(tiles);
    int best = Math.max(tiles, n * (rows() - 1));
    for (int small = 1; small <= Math.min(2, n); small++) {
      int rows = (n - small) * rows() + small * smallRows();
      best = rows >= tiles ? Math.min(best, rows) : best;
    }
    return best;
  }

  /** Floats of the transformed tiles' memory of so many rows; the products' with output blocks. */
  long transformedFloats(int rows, int channelBlocks) {
    return (long) points() * ((long) rows * channelBlocks + 1) * block;
  }
}
