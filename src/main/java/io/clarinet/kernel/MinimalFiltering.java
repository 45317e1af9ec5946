package io.clarinet.kernel;

import static io.clarinet.tensor.Division.ceilDiv;

import java.util.Locale;

/**
 * Winograd's minimal filtering F(m×m, 3×3) (Lavin and Gray, arXiv 1509.09308): tiles of m×m
 * outputs, (m+2)² products each. {@code opencl/include/winograd_points.clh} has its transforms and
 * says why these points.
 *
 * @param m 2 or 4
 */
public record MinimalFiltering(int m) {
  private static final double[] POINTS_2 = {0, 1, -1};
  private static final double[] POINTS_4 = {0, 0.625, -0.625, 1.5, -1.5};

  /** Declines windows that have no such tiles. */
  public static Offer.Decline declined() {
    return new Offer.Decline("only for kernels 3x3 in one group, of stride 1 without dilation");
  }

  /** Inputs along a side of a tile. */
  public int n() {
    return m + 2;
  }

  /** Products of a tile. */
  public int points() {
    return n() * n();
  }

  /** Multiplications as a share of the definition's. */
  public double multiplications() {
    return (double) points() / (KernelTransform.TAPS * m * m);
  }

  /** The benefit of weights of so many bytes, see {@link Packing#expansion}. */
  public String expansion(long bytes, int outChannels, int channels) {
    return String.format(
        Locale.ROOT,
        "%.1f times the weights, for 1/%.2f of the multiplications",
        bytes / (4.0 * KernelTransform.TAPS * outChannels * channels),
        1 / multiplications());
  }

  /** Tiles over a whole batch of outputs. */
  public int tiles(int batch, int outH, int outW) {
    return batch * ceilDiv(outH, m) * ceilDiv(outW, m);
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
}
