package io.clarinet.op;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Float32 to integers: x / scale, rounded with ties to even, plus the zero point, held to the
 * type's range. Inputs: x; scale; optionally the zero point: both scalars, or one an index of
 * {@code axis}, or one a block of {@code block} indices.
 *
 * @param block indices that share a scale; 0 for none
 */
public record Quantize(ElementType type, int axis, int block) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    inputs.subList(1, inputs.size()).forEach(f -> requireFits(x, f.shape(), axis, block));
    return List.of(Fact.of(type, x));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return keepsItemsApart(inputs, axis, block);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    double least = type.isSigned() ? -Math.scalb(1.0, type.bits() - 1) : 0;
    double most = least + Math.scalb(1.0, type.bits()) - 1;
    for (long i = 0; i < x.shape().size(); i++) {
      double scale =
          inputs.get(1).doubleAt(factor(x.shape(), inputs.get(1).shape(), i, axis, block));
      double zero =
          inputs.size() > 2
              ? inputs.get(2).doubleAt(factor(x.shape(), inputs.get(2).shape(), i, axis, block))
              : 0;
      float quotient = (float) (x.doubleAt(i) / scale);
      outputs.get(0).set(i, Math.max(least, Math.min(most, Math.rint(quotient) + zero)));
    }
  }

  static boolean keepsItemsApart(List<Fact> inputs, int axis, int block) {
    boolean same =
        inputs.stream().skip(1).allMatch(factors -> factors.shape().size() == 1)
            || (block == 0 && inputs.get(0).shape().axis(axis) != 0);
    return Items.onlyOfFirst(inputs) && same;
  }

  static void requireFits(Shape x, Shape factors, int axis, int block) {
    boolean fits =
        factors.size() == 1
            || (block == 0
                ? factors.rank() == 1 && factors.dim(0) == x.dim(x.axis(axis))
                : factors.rank() == x.rank() && blocks(x, x.axis(axis), block).equals(factors));
    if (!fits) {
      throw new IllegalArgumentException("scales " + factors + " do not fit input " + x);
    }
  }

  private static Shape blocks(Shape x, int axis, int block) {
    return x.with(axis, ceilDiv(x.dim(axis), block));
  }

  /** Index of the scale or zero point that the element {@code i} of {@code x} has. */
  static long factor(Shape x, Shape factors, long i, int axis, int block) {
    if (factors.size() == 1) {
      return 0;
    }
    int along = x.axis(axis);
    long inner = x.size(along + 1, x.rank());
    long at = i / inner % x.dim(along);
    if (block == 0) {
      return at;
    }
    return (i / inner / x.dim(along) * factors.dim(along) + at / block) * inner + i % inner;
  }
}
