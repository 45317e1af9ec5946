package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;

/**
 * The extents of a convolution or pooling.
 *
 * @param channels input channels of one group
 * @param outChannels output channels of one group
 * @param window with explicit padding
 */
record Geometry(
    int batch,
    int groups,
    int channels,
    int h,
    int w,
    int outChannels,
    int outH,
    int outW,
    Window2d window,
    int block) {

  static Geometry of(Shape x, Shape y, int groups, Window2d window, int block) {
    return new Geometry(
        x.n(),
        groups,
        x.c() / groups,
        x.h(),
        x.w(),
        y.c() / groups,
        y.h(),
        y.w(),
        window.resolved(x.h(), x.w()),
        block);
  }

  int taps() {
    return window.kernelH() * window.kernelW();
  }

  int inBlocks() {
    return ceilDiv(channels, block);
  }

  int outBlocks() {
    return ceilDiv(outChannels, block);
  }

  /** Output pixels of one image. */
  int pixels() {
    return outH * outW;
  }

  /** Input pixels of one image. */
  int inPixels() {
    return h * w;
  }

  /** Whether each output pixel reads the input pixel of the same index alone. */
  boolean isIdentity() {
    Padding none = window.padding();
    boolean unpadded = none.top() == 0 && none.left() == 0;
    return taps() == 1
        && unpadded
        && window.strideH() == 1
        && window.strideW() == 1
        && outH == h
        && outW == w;
  }

  /** The input row of a window's first row; may be negative. */
  int firstRow(int outRow) {
    return outRow * window.strideH() - window.padding().top();
  }

  /** The input column of a window's first column; may be negative. */
  int firstColumn(int outColumn) {
    return outColumn * window.strideW() - window.padding().left();
  }

  /** The first output column whose window begins inside of the image. */
  int firstInside() {
    return Math.min(outW, ceilDiv(window.padding().left(), window.strideW()));
  }

  /** The output column behind the last one whose window ends inside of the image. */
  int endInside() {
    int span = w - window.reachW() + window.padding().left();
    return span < 0 ? 0 : Math.min(outW, span / window.strideW() + 1);
  }

  /** The first tap of a window that lies inside of the image, for a window's first coordinate. */
  static int firstTap(int start, int dilation) {
    return start >= 0 ? 0 : (dilation - 1 - start) / dilation;
  }

  /** The tap behind the last one that lies inside; not below {@link #firstTap} - 1. */
  static int endTap(int start, int dilation, int taps, int extent) {
    return Math.max(0, Math.min(taps, ceilDiv(extent - start, dilation)));
  }
}
