package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.op.Window2d;

/**
 * Panels of a convolution over a blocked input: a unit is an input block, a step one tap of it. A
 * pointwise one that reads all pixels reads them in place; at a stride that was slower than to pack
 * them once for all output channels.
 */
record BlockedPanels(Geometry geometry, Lanes lanes) implements Panels {

  @Override
  public int units() {
    return geometry.inBlocks();
  }

  @Override
  public int stepsPerUnit() {
    return geometry.taps();
  }

  @Override
  public void pack(
      View x,
      int xAt,
      int firstPixel,
      int pixels,
      int firstUnit,
      int units,
      float[] panel,
      int to) {
    int plane = geometry.inPixels() * geometry.block();
    for (int p = 0; p < pixels; p++) {
      int row = geometry.firstRow((firstPixel + p) / geometry.outW());
      int column = geometry.firstColumn((firstPixel + p) % geometry.outW());
      int pixelTo = to + p * geometry.block();
      pixel(x.data(), xAt + firstUnit * plane, row, column, units, panel, pixelTo);
    }
  }

  private void pixel(float[] x, int xAt, int row, int column, int units, float[] panel, int to) {
    Window2d window = geometry.window();
    int block = geometry.block();
    int h = geometry.h();
    int w = geometry.w();
    int plane = geometry.inPixels() * block;
    int step = RegisterTile.PIXELS * block;
    int unit = geometry.taps() * step;
    int at = to;
    for (int kh = 0; kh < window.kernelH(); kh++) {
      int y = row + kh * window.dilationH();
      for (int kw = 0; kw < window.kernelW(); kw++) {
        int z = column + kw * window.dilationW();
        if (y >= 0 && y < h && z >= 0 && z < w) {
          lanes.copy(x, xAt + (y * w + z) * block, plane, units, panel, at, unit);
        } else {
          lanes.zero(panel, at, unit, units);
        }
        at += step;
      }
    }
  }

  @Override
  public int place(int firstPixel) {
    return geometry.isIdentity() ? firstPixel * geometry.block() : -1;
  }

  @Override
  public int stepInPlace() {
    return geometry.inPixels() * geometry.block();
  }
}
