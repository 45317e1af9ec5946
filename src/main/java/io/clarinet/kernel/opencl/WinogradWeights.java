package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;

/**
 * 3×3 weights carried to Winograd's points: {@code [ceil(oc/width)][points][ceil(ic/terms)·terms]
 * [width]}, zeros where a channel does not exist; or {@code points} in front of all, each a matrix
 * of its own.
 */
public record WinogradWeights(
    Winograd winograd, int oc, int ic, int width, int terms, boolean pointsFirst)
    implements Packing {
  private static final int TAPS = 9;

  /** In panels as {@code winograd.clh} reads them. */
  WinogradWeights(Winograd winograd, int oc, int ic) {
    this(winograd, oc, ic, winograd.width(), winograd.block(), false);
  }

  @Override
  public long bytes() {
    return 4L * panels() * winograd.points() * rows() * width;
  }

  @Override
  public double multiplications() {
    return (double) winograd.points() / (TAPS * winograd.m() * winograd.m());
  }

  @Override
  public String expansion() {
    return String.format(
        Locale.ROOT,
        "%.1f times the weights, for 1/%.2f of the multiplications",
        (double) bytes() / (4.0 * TAPS * oc * ic),
        (double) TAPS * winograd.m() * winograd.m() / winograd.points());
  }

  private int panels() {
    return ceilDiv(oc, width);
  }

  private int rows() {
    return ceilDiv(ic, terms) * terms;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    FloatBuffer from = sources.get(0).floats();
    FloatBuffer to = packed.asFloatBuffer();
    Lanes lanes = new Lanes(winograd, width);
    int panelRows = pointsFirst ? rows() : winograd.points() * rows();
    int pointRows = pointsFirst ? panels() * rows() : rows();
    for (int panel = 0; panel < panels(); panel++) {
      int first = panel * width;
      int count = Math.min(width, oc - first);
      for (int i = 0; i < ic; i++) {
        lanes.read(from, (first * ic + i) * TAPS, ic * TAPS, count);
        lanes.transform();
        lanes.write(to, (panel * panelRows + i) * width, pointRows);
      }
    }
  }

  /** The kernels of one input channel and a panel of output channels, side by side. */
  private static final class Lanes {
    private final int n;
    private final int width;
    private final float[][] transform;
    private final float[] kernel = new float[TAPS];
    private final float[][] taps;
    private final float[][] half;
    private final float[][] points;

    Lanes(Winograd winograd, int width) {
      n = winograd.n();
      this.width = width;
      transform = winograd.kernelTransform();
      taps = new float[TAPS][width];
      half = new float[n * 3][width];
      points = new float[n * n][width];
    }

    void read(FloatBuffer from, int at, int step, int count) {
      for (int lane = 0; lane < count; lane++) {
        from.get(at + lane * step, kernel);
        for (int tap = 0; tap < TAPS; tap++) {
          taps[tap][lane] = kernel[tap];
        }
      }
      for (int lane = count; lane < width; lane++) {
        for (int tap = 0; tap < TAPS; tap++) {
          taps[tap][lane] = 0;
        }
      }
    }

    /** G g G^T in every lane. */
    void transform() {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 3; j++) {
          combine(half[i * 3 + j], transform[i], taps[j], taps[3 + j], taps[6 + j]);
        }
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          combine(points[i * n + j], transform[j], half[i * 3], half[i * 3 + 1], half[i * 3 + 2]);
        }
      }
    }

    private static void combine(float[] sum, float[] factors, float[] a, float[] b, float[] c) {
      float fa = factors[0];
      float fb = factors[1];
      float fc = factors[2];
      for (int lane = 0; lane < sum.length; lane++) {
        sum[lane] = fa * a[lane] + fb * b[lane] + fc * c[lane];
      }
    }

    void write(FloatBuffer to, int at, int rows) {
      for (int k = 0; k < points.length; k++) {
        to.put(at + k * rows * width, points[k]);
      }
    }
  }
}
