package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** Whether a relation holds between two values, elementwise, with numpy's broadcasting. */
public record Compare(Relation relation) implements Op {

  /** The relations; none but {@code !=} holds for NaN, and that is not among them. */
  public enum Relation {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact a = inputs.get(0);
    Fact b = inputs.get(1);
    if (a.type() != b.type()) {
      throw new IllegalArgumentException("operands are " + a.type() + " and " + b.type());
    }
    return List.of(Fact.of(ElementType.BOOL, Shape.broadcast(a.shape(), b.shape())));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.broadcast(inputs, outputs.get(0).shape().rank());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    long[] strides = outputs.get(0).shape().strides();
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      long left = Indexing.broadcast(a.shape(), strides, i);
      long right = Indexing.broadcast(b.shape(), strides, i);
      boolean holds =
          a.type().isFloatingPoint()
              ? holds(a.doubleAt(left), b.doubleAt(right))
              : holds(order(a, left, b, right), 0);
      outputs.get(0).set(i, holds ? 1L : 0L);
    }
  }

  private static int order(Tensor a, long left, Tensor b, long right) {
    return a.type() == ElementType.UINT64
        ? Long.compareUnsigned(a.longAt(left), b.longAt(right))
        : Long.compare(a.longAt(left), b.longAt(right));
  }

  private boolean holds(double a, double b) {
    return switch (relation) {
      case EQUAL -> a == b;
      case LESS -> a < b;
      case LESS_OR_EQUAL -> a <= b;
      case GREATER -> a > b;
      case GREATER_OR_EQUAL -> a >= b;
    };
  }
}
