package io.clarinet.kernel.opencl;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A product of plain values of up to six axes, broadcast by strides: rows are axis 4 of the result,
 * columns axis 5.
 */
public final class MatMulAxes {
  /** The axis of the sum, after the six of y. */
  private static final int SUM = SixAxes.COUNT;

  private final int[] extents = new int[SixAxes.COUNT];
  private final int depth;
  private final Arguments left;
  private final Arguments right;

  private MatMulAxes(Shape a, Shape b) {
    int rank = rank(a, b);
    Arrays.fill(extents, 1);
    depth = a.dim(-1);
    left = operand(a, a.rank() - 1, rank);
    right = operand(b, Math.max(0, b.rank() - 2), rank);
  }

  /** The axes of a product of two inputs that {@link #fits}. */
  public static MatMulAxes of(List<Fact> inputs) {
    return new MatMulAxes(inputs.get(0).shape(), inputs.get(1).shape());
  }

  /** Whether the product has no more than six axes. */
  public static boolean fits(List<Fact> inputs) {
    return rank(inputs.get(0).shape(), inputs.get(1).shape()) <= SixAxes.COUNT;
  }

  /** Rank of the result with the axes that vectors drop. */
  private static int rank(Shape a, Shape b) {
    return Math.max(2, Math.max(a.rank(), b.rank()));
  }

  /**
   * Which axis is the operand's batch, and its strides along y's axes and the sum.
   *
   * @param summed the operand's axis that is summed over
   */
  private Arguments operand(Shape x, int summed, int rank) {
    int[] strides = new int[SixAxes.COUNT + 1];
    int outer = -1;
    for (int axis = 0; axis < x.rank(); axis++) {
      boolean sum = axis == summed;
      if (!sum && x.dim(axis) == 1) {
        continue;
      }
      int place = sum ? SUM : SixAxes.slot(rank - x.rank() + axis, rank);
      strides[place] = Math.toIntExact(x.strides()[axis]);
      outer = axis == 0 && x.rank() > 1 ? place : outer;
      if (!sum) {
        extents[place] = x.dim(axis);
      }
    }
    return new Arguments().ints(outer).ints(strides);
  }

  /** Items of the result's batch. */
  public int batch() {
    return extents[0];
  }

  /** Pairs of matrices of a batch item. */
  public int matrices() {
    return SixAxes.rows(extents) / rows();
  }

  /** Rows of a matrix of the result. */
  public int rows() {
    return extents[SixAxes.COUNT - 2];
  }

  /** Columns of a matrix of the result. */
  public int columns() {
    return extents[SixAxes.COUNT - 1];
  }

  /** Length of the sums. */
  public int depth() {
    return depth;
  }

  /** The result's extents but the batch, the depth, and both operands' strides. */
  public Arguments arguments() {
    return new Arguments().ints(SixAxes.inner(extents)).ints(depth).addAll(left).addAll(right);
  }
}
