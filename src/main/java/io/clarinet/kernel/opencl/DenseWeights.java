package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.Packing;
import io.clarinet.op.Dense;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * Weights of a dense layer as kernels read them: {@code [panels][depth][width]}, zeros beyond k and
 * the outputs.
 *
 * @param transposed whether the source is [outputs, k]
 * @param panels at least as many as hold the outputs
 * @param width outputs of a panel
 * @param depth at least k
 * @param half whether the source is binary16 and stays so
 */
public record DenseWeights(
    boolean transposed, int k, int outputs, int panels, int width, int depth, boolean half)
    implements Packing {
  /**
   * Side of a square that is moved at a time: 16 kB, so that lines of both sides are used whole.
   */
  private static final int STEP = 64;

  /** Panels of so many outputs. */
  public static DenseWeights of(Dense op, Fact weights, int width) {
    int panels = ceilDiv(op.outFeatures(weights.shape()), width);
    return of(op, weights, panels, width, op.inFeatures(weights.shape()));
  }

  /** A row of k for each output; rows, and their length, are multiples of these. */
  public static DenseWeights rows(Dense op, Fact weights, int outputs, int lanes) {
    int rows = roundUp(op.outFeatures(weights.shape()), outputs);
    return of(op, weights, rows, 1, roundUp(op.inFeatures(weights.shape()), lanes));
  }

  /** The same in panels of whole slabs of so many rows. */
  public DenseWeights inSlabs(int rows) {
    return new DenseWeights(transposed, k, outputs, panels, width, roundUp(k, rows), half);
  }

  private static DenseWeights of(Dense op, Fact weights, int panels, int width, int depth) {
    return new DenseWeights(
        op.transposed(),
        op.inFeatures(weights.shape()),
        op.outFeatures(weights.shape()),
        panels,
        width,
        depth,
        weights.type() == ElementType.FLOAT16);
  }

  @Override
  public long bytes() {
    return (half ? 2L : 4L) * panels * width * depth;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    Move move = half ? halves(sources.get(0), packed) : floats(sources.get(0), packed);
    for (int first = 0; first < outputs; first += Math.max(STEP, width)) {
      int end = Math.min(outputs, first + Math.max(STEP, width));
      for (int row = 0; row < k; row += STEP) {
        packRows(move, first, end, row, Math.min(k, row + STEP));
      }
    }
  }

  /** Moves an element from one index to another. */
  private interface Move {
    void move(int from, int to);
  }

  private static Move floats(Tensor source, ByteBuffer packed) {
    FloatBuffer from = source.floats();
    FloatBuffer to = packed.asFloatBuffer();
    return (i, j) -> to.put(j, from.get(i));
  }

  private static Move halves(Tensor source, ByteBuffer packed) {
    ShortBuffer from = source.bytes().asShortBuffer();
    ShortBuffer to = packed.asShortBuffer();
    return (i, j) -> to.put(j, from.get(i));
  }

  /** Packs rows of some outputs, output by output. */
  private void packRows(Move move, int first, int last, int row, int end) {
    for (int o = first; o < last; o++) {
      int to = o / width * width * depth + o % width;
      for (int r = row; r < end; r++) {
        move.move(transposed ? o * k + r : r * outputs + o, to + r * width);
      }
    }
  }
}
