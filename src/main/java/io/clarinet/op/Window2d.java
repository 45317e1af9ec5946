package io.clarinet.op;

import static io.clarinet.tensor.Division.ceilDiv;

/**
 * A sliding window over H and W: the only place that computes its output extents.
 *
 * @param kernelH kernel rows
 * @param strideH rows from one output row to the next
 * @param dilationH rows from one kernel row to the next
 */
public record Window2d(
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    int dilationH,
    int dilationW,
    Padding padding) {

  public Window2d {
    if (kernelH < 1 || kernelW < 1) {
      throw new IllegalArgumentException("kernel " + kernelH + "x" + kernelW + " is empty");
    }
    if (strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1) {
      throw new IllegalArgumentException("strides and dilations start at 1");
    }
  }

  /** A square window without dilation, the same padding on every side. */
  public static Window2d square(int kernel, int stride, int pad) {
    return new Window2d(kernel, kernel, stride, stride, 1, 1, Padding.of(pad, pad, pad, pad));
  }

  /** A square window without dilation that yields ceil(extent / stride) positions. */
  public static Window2d same(int kernel, int stride) {
    return new Window2d(kernel, kernel, stride, stride, 1, 1, Padding.SAME_UPPER);
  }

  /**
   * A window of the same kernel, stride and dilation with explicit padding for the input extents.
   */
  public Window2d resolved(int h, int w) {
    return padding.isAutomatic()
        ? new Window2d(
            kernelH,
            kernelW,
            strideH,
            strideW,
            dilationH,
            dilationW,
            padding.resolve(reachH(), strideH, h, reachW(), strideW, w))
        : this;
  }

  /** This window with more explicit padding around the image. */
  public Window2d padded(Padding more) {
    Padding sum =
        Padding.of(
            padding.top() + more.top(),
            padding.left() + more.left(),
            padding.bottom() + more.bottom(),
            padding.right() + more.right());
    return new Window2d(kernelH, kernelW, strideH, strideW, dilationH, dilationW, sum);
  }

  /** Rows that one position of the window spans. */
  public int reachH() {
    return reach(dilationH, kernelH);
  }

  /** Columns that one position of the window spans. */
  public int reachW() {
    return reach(dilationW, kernelW);
  }

  private static int reach(int dilation, int kernel) {
    return Math.addExact(Math.multiplyExact(dilation, kernel - 1), 1);
  }

  private static int padded(int extent, int before, int after) {
    return Math.addExact(extent, Math.addExact(before, after));
  }

  /** Output rows for {@code h} input rows. */
  public int outH(int h) {
    Padding p = resolved(h, 1).padding();
    return positions(padded(h, p.top(), p.bottom()), reachH(), strideH, "height " + h);
  }

  /** Output columns for {@code w} input columns. */
  public int outW(int w) {
    Padding p = resolved(1, w).padding();
    return positions(padded(w, p.left(), p.right()), reachW(), strideW, "width " + w);
  }

  /**
   * Output rows when a last partial position counts too, unless it would start in the padding after
   * the input (ONNX {@code ceil_mode}).
   */
  public int outHCeil(int h) {
    Padding p = resolved(h, 1).padding();
    return positionsCeil(h, p.top(), p.bottom(), reachH(), strideH);
  }

  /** Output columns when a last partial position counts too, like {@link #outHCeil}. */
  public int outWCeil(int w) {
    Padding p = resolved(1, w).padding();
    return positionsCeil(w, p.left(), p.right(), reachW(), strideW);
  }

  private int positions(int padded, int reach, int stride, String extent) {
    if (padded < reach) {
      throw new IllegalArgumentException(
          "window " + kernelH + "x" + kernelW + " does not fit into the padded " + extent);
    }
    return (padded - reach) / stride + 1;
  }

  private static int positionsCeil(int extent, int before, int after, int reach, int stride) {
    long room = (long) padded(extent, before, after) - reach;
    int count = Math.toIntExact(ceilDiv(room, stride)) + 1;
    return (count - 1L) * stride >= extent + before ? count - 1 : count;
  }
}
