package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of two values, elementwise, with numpy's broadcasting, then an activation. */
public record Binary(Kind kind, @Nullable Unary activation) implements Op, FusedActivation {
  public static final Binary ADD = new Binary(Kind.ADD, null);

  @Override
  public Binary with(Unary function) {
    return new Binary(kind, function);
  }

  /**
   * The functions, each with its Java meaning and its OpenCL expression of {@code a} and {@code b}.
   */
  public enum Kind {
    ADD((a, b) -> a + b, "((a) + (b))"),
    SUB((a, b) -> a - b, "((a) - (b))"),
    MUL((a, b) -> a * b, "((a) * (b))"),
    DIV((a, b) -> a / b, "((a) / (b))"),
    /** The result has the base's type, whatever the exponent's. */
    POW(Kind::pow, "pow((a), (b))"),
    /** a, or where it is negative a · b (PReLU, arXiv 1502.01852). */
    PRELU((a, b) -> a < 0 ? a * b : a, "((a) < 0.0f ? (a) * (b) : (a))"),
    /** NaN if either is. */
    MAX(Math::max, "((a) != (a) ? (a) : (b) != (b) ? (b) : fmax((a), (b)))"),
    /** NaN if either is. */
    MIN(Math::min, "((a) != (a) ? (a) : (b) != (b) ? (b) : fmin((a), (b)))"),
    /** Remainder of the division of a by b, with b's sign. */
    MOD(
        (a, b) -> a % b != 0 && (a % b < 0) != (b < 0) ? a % b + b : a % b,
        "(fmod((a), (b)) * (b) < 0.0f ? fmod((a), (b)) + (b) : fmod((a), (b)))"),
    /** Remainder of the division of a by b, with a's sign. */
    FMOD((a, b) -> a % b, "fmod((a), (b))");

    private final DoubleBinaryOperator function;
    private final String expression;

    Kind(DoubleBinaryOperator function, String expression) {
      this.function = function;
      this.expression = expression;
    }

    /**
     * The power of IEEE 754-2019: 1 to NaN and -1 to infinity are 1, where Java's own gives NaN.
     */
    private static double pow(double a, double b) {
      boolean one = a == 1 || (a == -1 && Double.isInfinite(b));
      return one ? 1 : Math.pow(a, b);
    }

    public double apply(double a, double b) {
      return function.applyAsDouble(a, b);
    }

    /** OpenCL expression of scalars or vectors {@code a} and {@code b}. */
    public String expression() {
      return expression;
    }
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact a = inputs.get(0);
    Fact b = inputs.get(1);
    if (a.type() != b.type() && kind != Kind.POW) {
      throw new IllegalArgumentException("operands are " + a.type() + " and " + b.type());
    }
    return List.of(Fact.of(a.type(), Shape.broadcast(a.shape(), b.shape())));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.broadcast(inputs, outputs.get(0).shape().rank());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    Tensor y = outputs.get(0);
    long[] stride = y.shape().strides();
    for (long i = 0; i < y.shape().size(); i++) {
      y.set(
          i,
          activate(
              kind.apply(
                  a.doubleAt(Indexing.broadcast(a.shape(), stride, i)),
                  b.doubleAt(Indexing.broadcast(b.shape(), stride, i)))));
    }
  }
}
