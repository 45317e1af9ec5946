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
 * Weights of a dense layer as {@code dense.cl} reads them: {@code [ceil(outputs/width)][k][width]},
 * zeros beyond the outputs and, where asked for, after each panel's k rows.
 *
 * @param transposed whether the source is [outputs, k]
 * @param half whether the source is binary16 and stays so
 * @param zeroRows rows of zeros after each panel
 */
public record DenseWeights(
    boolean transposed, int k, int outputs, int width, boolean half, int zeroRows)
    implements Packing {
  private static final int STEP = 64;

  public static DenseWeights of(Dense op, Fact weights, int width) {
    return new DenseWeights(
        op.transposed(),
        op.inFeatures(weights.shape()),
        op.outFeatures(weights.shape()),
        width,
        weights.type() == ElementType.FLOAT16,
        0);
  }

  /** The same in panels of whole slabs of so many rows. */
  public DenseWeights inSlabs(int rows) {
    return new DenseWeights(transposed, k, outputs, width, half, roundUp(k, rows) - k);
  }

  private int panelRows() {
    return k + zeroRows;
  }

  @Override
  public long bytes() {
    return (half ? 2L : 4L) * panels() * width * panelRows();
  }

  private int panels() {
    return ceilDiv(outputs, width);
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    Move move = half ? halves(sources.get(0), packed) : floats(sources.get(0), packed);
    for (int panel = 0; panel < panels(); panel++) {
      int first = panel * width;
      int count = Math.min(width, outputs - first);
      for (int row = 0; row < k; row += STEP) {
        packRows(move, first, count, row, Math.min(k, row + STEP));
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

  /** Packs rows of one panel, output by output where the source lies so. */
  private void packRows(Move move, int first, int count, int row, int end) {
    int panel = first * panelRows();
    for (int o = 0; o < count; o++) {
      for (int r = row; r < end; r++) {
        int from = transposed ? (first + o) * k + r : r * outputs + first + o;
        move.move(from, panel + r * width + o);
      }
    }
  }
}
