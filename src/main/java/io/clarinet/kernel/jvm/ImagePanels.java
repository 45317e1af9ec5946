package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.op.Window2d;

/**
 * Panels of a convolution that reads a plain image of few channels: channels and taps together are
 * one long row, cut into blocks. All of it is one unit.
 */
final class ImagePanels implements Panels {
  private final Geometry geometry;

  /** Distance of each term of a sum from the window's first element. */
  private final int[] offsets;

  ImagePanels(Geometry geometry) {
    this.geometry = geometry;
    this.offsets = new int[geometry.channels() * geometry.taps()];
    Window2d window = geometry.window();
    for (int i = 0; i < offsets.length; i++) {
      int c = i / geometry.taps();
      int row = i % geometry.taps() / window.kernelW() * window.dilationH();
      int column = i % window.kernelW() * window.dilationW();
      offsets[i] = (c * geometry.h() + row) * geometry.w() + column;
    }
  }

  @Override
  public int units() {
    return 1;
  }

  @Override
  public int stepsPerUnit() {
    return ceilDiv(offsets.length, geometry.block());
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
    Window2d window = geometry.window();
    for (int p = 0; p < pixels; p++) {
      int row = geometry.firstRow((firstPixel + p) / geometry.outW());
      int column = geometry.firstColumn((firstPixel + p) % geometry.outW());
      int at = xAt + row * geometry.w() + column;
      boolean inside =
          row >= 0
              && column >= 0
              && row + window.reachH() <= geometry.h()
              && column + window.reachW() <= geometry.w();
      for (int step = 0; step < stepsPerUnit(); step++) {
        int first = step * geometry.block();
        int count = Math.min(geometry.block(), offsets.length - first);
        int block = to + (step * RegisterTile.PIXELS + p) * geometry.block();
        if (inside) {
          whole(x.data(), at, first, count, panel, block);
        } else {
          partly(x.data(), at, row, column, first, count, panel, block);
        }
        for (int i = count; i < geometry.block(); i++) {
          panel[block + i] = 0;
        }
      }
    }
  }

  private void whole(float[] x, int at, int first, int count, float[] panel, int to) {
    for (int i = 0; i < count; i++) {
      panel[to + i] = x[at + offsets[first + i]];
    }
  }

  /** Fills a panel like {@link #whole} where part of the window lies in the padding. */
  private void partly(
      float[] x, int at, int row, int column, int first, int count, float[] panel, int to) {
    Window2d window = geometry.window();
    for (int i = 0; i < count; i++) {
      int h = row + (first + i) % geometry.taps() / window.kernelW() * window.dilationH();
      int w = column + (first + i) % window.kernelW() * window.dilationW();
      boolean inside = h >= 0 && h < geometry.h() && w >= 0 && w < geometry.w();
      panel[to + i] = inside ? x[at + offsets[first + i]] : 0;
    }
  }
}
