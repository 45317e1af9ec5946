package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.JvmKernel.View;

/** The first step of a Winograd convolution: tiles of the first input at all points. */
record WinogradInput(WinogradTiles tiles, InnerLoops loops) {

  /**
   * Transforms some channel blocks of some tiles within the scratch region.
   *
   * @param first first tile of the run that lies at {@code to}
   * @param begin first tile to transform
   * @param aside {@link WinogradTiles#asideFloats} are overwritten from here
   * @param to of the run's transformed tiles, all channel blocks
   */
  void transform(
      Arguments a,
      int first,
      int begin,
      int end,
      int firstBlock,
      int endBlock,
      int aside,
      int to,
      int pointStep) {
    for (int b = firstBlock; b < endBlock; b++) {
      block(a, first, begin, end, b, aside, to, pointStep);
    }
  }

  /** One channel block, so that neighbours are read in turn. */
  private void block(
      Arguments a, int first, int begin, int end, int b, int aside, int to, int pointStep) {
    View x = a.input(0);
    float[] scratch = a.scratch(0).data();
    Geometry g = tiles.geometry();
    int m = tiles.filtering().m();
    int top = g.window().padding().top();
    int left = g.window().padding().left();
    int plane = b * g.inPixels() * g.block();
    int image = tiles.image(begin);
    int row = tiles.row(begin);
    int column = tiles.column(begin);
    if (tiles.areFar(g.inPixels() * g.inBlocks(), end - begin)) {
      scratch[aside] = tiles.touchInput(x, plane, begin, end);
    }
    for (int t = begin; t < end; t++) {
      int at = to + tiles.place(t - first, g.inBlocks(), b);
      int from = x.item(image) + plane;
      tile(x.data(), from, row - top, column - left, scratch, aside, at, pointStep);
      column += m;
      if (column >= g.outW()) {
        column = 0;
        row += m;
        if (row >= g.outH()) {
          row = 0;
          image++;
        }
      }
    }
  }

  private void tile(
      float[] x,
      int plane,
      int row,
      int column,
      float[] scratch,
      int aside,
      int to,
      int pointStep) {
    WinogradTransform transform = loops.transform(tiles.filtering().m());
    Geometry g = tiles.geometry();
    int n = tiles.filtering().n();
    if (row >= 0 && column >= 0 && row + n <= g.h() && column + n <= g.w()) {
      int at = plane + (row * g.w() + column) * g.block();
      transform.input(x, at, g.w() * g.block(), scratch, aside, scratch, to, pointStep);
    } else {
      int edge = aside + n * n * g.block();
      gather(x, plane, row, column, scratch, edge);
      transform.input(scratch, edge, n * g.block(), scratch, aside, scratch, to, pointStep);
    }
  }

  /** Copies a tile, zeros where it is outside of the image. */
  private void gather(float[] x, int plane, int row, int column, float[] to, int at) {
    Geometry g = tiles.geometry();
    int n = tiles.filtering().n();
    int next = at;
    for (int i = row; i < row + n; i++) {
      for (int j = column; j < column + n; j++) {
        if (i >= 0 && i < g.h() && j >= 0 && j < g.w()) {
          loops.lanes().copy(x, plane + (i * g.w() + j) * g.block(), to, next);
        } else {
          loops.lanes().zero(to, next);
        }
        next += g.block();
      }
    }
  }
}
