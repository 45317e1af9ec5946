package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import org.jspecify.annotations.Nullable;

/** The last step of a Winograd convolution: products back into outputs, and the epilogue. */
record WinogradOutput(WinogradTiles tiles, InnerLoops loops, Epilogue epilogue) {

  /**
   * Finishes some channel blocks of some tiles from products within the scratch region.
   *
   * @param first first tile of the run whose products lie at {@code at}
   * @param begin first tile to finish
   * @param heldBlock first of the channel blocks whose products lie there
   * @param blocks number of those
   * @param aside {@link WinogradTiles#asideFloats} are overwritten from here
   */
  void transform(
      Arguments a,
      int first,
      int begin,
      int end,
      int firstBlock,
      int endBlock,
      int heldBlock,
      int blocks,
      int aside,
      int at,
      int pointStep) {
    for (int b = firstBlock; b < endBlock; b++) {
      block(a, first, begin, end, b, aside, at, pointStep, blocks, b - heldBlock);
    }
  }

  private void block(
      Arguments a,
      int first,
      int begin,
      int end,
      int b,
      int aside,
      int at,
      int pointStep,
      int blocks,
      int held) {
    Geometry g = tiles.geometry();
    int m = tiles.filtering().m();
    int image = tiles.image(begin);
    int row = tiles.row(begin);
    int column = tiles.column(begin);
    if (tiles.areFar(g.pixels() * g.outBlocks(), end - begin)) {
      int plane = b * g.pixels() * g.block();
      a.scratch(0).data()[aside] = tiles.touchOutput(a.output(0), plane, begin, end);
    }
    for (int t = begin; t < end; t++) {
      int from = at + tiles.place(t - first, blocks, held);
      tile(a, image, row, column, b, aside, from, pointStep);
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
      Arguments a, int image, int row, int column, int b, int aside, int at, int pointStep) {
    Geometry g = tiles.geometry();
    int m = tiles.filtering().m();
    int within = ((b * g.outH() + row) * g.outW() + column) * g.block();
    int rows = Math.min(m, g.outH() - row);
    int columns = Math.min(m, g.outW() - column);
    if (rows == m && columns == m) {
      whole(a, image, b, within, aside, at, pointStep);
    } else {
      ragged(a, image, b, within, rows, columns, aside, at, pointStep);
    }
    rest(a.output(0), image, b, within, rows, columns);
  }

  private void whole(Arguments a, int image, int b, int within, int aside, int at, int pointStep) {
    float[] scratch = a.scratch(0).data();
    View bias = a.packed(1);
    View residual = epilogue.residual() ? a.input(epilogue.residualIndex()) : null;
    float @Nullable [] other = residual == null ? null : residual.data();
    Geometry g = tiles.geometry();
    loops
        .transform(tiles.filtering().m())
        .output(
            scratch,
            at,
            pointStep,
            scratch,
            aside,
            bias.data(),
            bias.offset() + b * g.block(),
            other,
            residual == null ? 0 : residual.item(image) + within,
            a.output(0).data(),
            a.output(0).item(image) + within,
            g.outW() * g.block(),
            lo(),
            hi());
  }

  /** A tile of which only some rows and columns exist. */
  private void ragged(
      Arguments a,
      int image,
      int b,
      int within,
      int rows,
      int columns,
      int aside,
      int at,
      int pointStep) {
    float[] scratch = a.scratch(0).data();
    View bias = a.packed(1);
    View residual = epilogue.residual() ? a.input(epilogue.residualIndex()) : null;
    float @Nullable [] other = residual == null ? null : residual.data();
    int otherAt = residual == null ? 0 : residual.item(image) + within;
    int block = tiles.geometry().block();
    int m = tiles.filtering().m();
    int edge = aside + tiles.filtering().points() * block;
    loops
        .transform(m)
        .output(
            scratch,
            at,
            pointStep,
            scratch,
            aside,
            bias.data(),
            bias.offset() + b * block,
            null,
            0,
            scratch,
            edge,
            m * block,
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY);
    float[] y = a.output(0).data();
    int to = a.output(0).item(image) + within;
    int rowStep = tiles.geometry().outW() * block;
    for (int i = 0; i < rows; i++) {
      int from = edge + i * m * block;
      int next = i * rowStep;
      int count = columns * block;
      loops.lanes().finish(scratch, from, other, otherAt + next, y, to + next, count, lo(), hi());
    }
  }

  /** What the transform does not do: activations that are no clamp, lanes without a channel. */
  private void rest(View y, int image, int b, int within, int rows, int columns) {
    Geometry g = tiles.geometry();
    Unary activation = epilogue.activation();
    boolean clamp = activation == null || activation.isClamp();
    int channels = Math.min(g.block(), g.outChannels() - b * g.block());
    if (clamp && channels == g.block()) {
      return;
    }
    for (int i = 0; i < rows; i++) {
      int at = y.item(image) + within + i * g.outW() * g.block();
      if (activation != null && !clamp) {
        loops.activations().apply(activation, y.data(), at, columns * g.block());
      }
      EpilogueLoop.clear(g.block(), y.data(), at, columns, channels);
    }
  }

  private float lo() {
    Unary activation = epilogue.activation();
    return activation == null || !activation.isClamp() ? Float.NEGATIVE_INFINITY : activation.lo();
  }

  private float hi() {
    Unary activation = epilogue.activation();
    return activation == null || !activation.isClamp() ? Float.POSITIVE_INFINITY : activation.hi();
  }
}
