package io.clarinet.kernel.opencl;

import static io.clarinet.kernel.KernelTransform.TAPS;
import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.KernelTransform;
import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * 3×3 weights carried to Winograd's points: {@code [ceil(oc/width)][points][ceil(ic/terms)·terms]
 * [width]}, zeros where a channel does not exist; or {@code points} in front of all, each a matrix
 * of its own.
 */
public record WinogradWeights(
    Winograd winograd, int oc, int ic, int width, int terms, boolean pointsFirst)
    implements Packing {
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
    return winograd.filtering().multiplications();
  }

  @Override
  public String expansion() {
    return winograd.filtering().expansion(bytes(), oc, ic);
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
    KernelTransform kernels = new KernelTransform(winograd.filtering(), width);
    int panelRows = pointsFirst ? rows() : winograd.points() * rows();
    int pointRows = pointsFirst ? panels() * rows() : rows();
    for (int panel = 0; panel < panels(); panel++) {
      int first = panel * width;
      int count = Math.min(width, oc - first);
      for (int i = 0; i < ic; i++) {
        float[][] points = kernels.points(from, (first * ic + i) * TAPS, ic * TAPS, count);
        int at = (panel * panelRows + i) * width;
        for (int k = 0; k < points.length; k++) {
          to.put(at + k * pointRows * width, points[k]);
        }
      }
    }
  }
}
