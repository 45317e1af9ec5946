package io.clarinet.backend.cpu;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.op.Window2d;

/**
 * Panels of a convolution that reads a plain image of few channels: channels and taps together are
 * one long row, cut into blocks. All of it is one unit.
 */
record ImagePanels(Geometry geometry) implements Panels {

  @Override
  public int units() {
    return 1;
  }

  @Override
  public int stepsPerUnit() {
    return (geometry.channels() * geometry.taps() + geometry.block() - 1) / geometry.block();
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
    for (int p = 0; p < pixels; p++) {
      int row = geometry.firstRow((firstPixel + p) / geometry.outW());
      int column = geometry.firstColumn((firstPixel + p) % geometry.outW());
      pixel(x.data(), xAt, row, column, panel, to + p * geometry.block());
    }
  }

  private void pixel(float[] x, int xAt, int row, int column, float[] panel, int to) {
    Window2d window = geometry.window();
    int skip = (Tile.PIXELS - 1) * geometry.block();
    int lane = 0;
    int at = to;
    for (int c = 0; c < geometry.channels(); c++) {
      for (int kh = 0; kh < window.kernelH(); kh++) {
        int y = row + kh * window.dilationH();
        boolean inside = y >= 0 && y < geometry.h();
        int line = xAt + (c * geometry.h() + y) * geometry.w();
        for (int kw = 0; kw < window.kernelW(); kw++) {
          int z = column + kw * window.dilationW();
          panel[at++] = inside && z >= 0 && z < geometry.w() ? x[line + z] : 0;
          if (++lane == geometry.block()) {
            lane = 0;
            at += skip;
          }
        }
      }
    }
    for (; lane > 0 && lane < geometry.block(); lane++) {
      panel[at++] = 0;
    }
  }
}
