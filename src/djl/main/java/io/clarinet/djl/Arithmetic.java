package io.clarinet.djl;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is computed of two elements, arrays broadcast to each other. Floating-point numbers are
 * computed as doubles and rounded once, which for these is what float arithmetic gives.
 */
enum Arithmetic {
  ADD(Double::sum, Long::sum),
  SUBTRACT((a, b) -> a - b, (a, b) -> a - b),
  MULTIPLY((a, b) -> a * b, (a, b) -> a * b),
  /** Integers too divide to float32. */
  DIVIDE((a, b) -> a / b, null),
  /** The remainder that has the divisor's sign. */
  REMAINDER((a, b) -> a - Math.floor(a / b) * b, Math::floorMod),
  MAXIMUM(Math::max, Math::max),
  MINIMUM(Math::min, Math::min),
  EQUAL((a, b) -> bit(a == b), (a, b) -> bit(a == b)),
  UNEQUAL((a, b) -> bit(a != b), (a, b) -> bit(a != b)),
  GREATER((a, b) -> bit(a > b), (a, b) -> bit(a > b)),
  GREATER_OR_EQUAL((a, b) -> bit(a >= b), (a, b) -> bit(a >= b)),
  LESS((a, b) -> bit(a < b), (a, b) -> bit(a < b)),
  LESS_OR_EQUAL((a, b) -> bit(a <= b), (a, b) -> bit(a <= b));

  private final DoubleBinaryOperator ofNumbers;
  private final @Nullable LongBinaryOperator ofIntegers;

  Arithmetic(DoubleBinaryOperator ofNumbers, @Nullable LongBinaryOperator ofIntegers) {
    this.ofNumbers = ofNumbers;
    this.ofIntegers = ofIntegers;
  }

  private static int bit(boolean holds) {
    return holds ? 1 : 0;
  }

  Tensor of(Tensor left, Tensor right) {
    return of(left, right, Types.common(left.type(), right.type()));
  }

  Tensor of(Tensor left, Number right) {
    ElementType type = Types.common(left.type(), right);
    Tensor scalar = Strided.zeros(type.isFloatingPoint() ? ElementType.FLOAT64 : type);
    if (type.isFloatingPoint()) {
      scalar.set(0, right.doubleValue());
    } else {
      scalar.set(0, right.longValue());
    }
    return of(left, scalar, type);
  }

  private Tensor of(Tensor left, Tensor right, ElementType common) {
    ElementType type =
        ofIntegers == null && !common.isFloatingPoint() ? ElementType.FLOAT32 : common;
    Shape shape = Shape.broadcast(left.shape(), right.shape());
    Tensor result = Strided.zeros(compares() ? ElementType.BOOL : type, shape.dims());
    Tensor a = spread(left.as(type), shape);
    if (type == ElementType.FLOAT32 && !compares() && right.shape().size() == 1) {
      floats(a.floats(), right.as(type).floats().get(0), result.floats());
      return result;
    }
    Tensor b = spread(right.as(type), shape);
    if (type == ElementType.FLOAT32 && !compares()) {
      floats(a.floats(), b.floats(), result.floats());
    } else if (type.isFloatingPoint()) {
      for (long i = 0; i < shape.size(); i++) {
        result.set(i, ofNumbers.applyAsDouble(a.doubleAt(i), b.doubleAt(i)));
      }
    } else {
      integers(a, b, result);
    }
    return result;
  }

  private static Tensor spread(Tensor tensor, Shape shape) {
    return tensor.shape().equals(shape)
        ? tensor
        : Strided.of(tensor).broadcast(shape.dims()).copy();
  }

  private boolean compares() {
    return compareTo(EQUAL) >= 0;
  }

  private void floats(FloatBuffer a, FloatBuffer b, FloatBuffer result) {
    for (int i = 0; i < result.capacity(); i++) {
      result.put(i, (float) ofNumbers.applyAsDouble(a.get(i), b.get(i)));
    }
  }

  private void floats(FloatBuffer a, float b, FloatBuffer result) {
    for (int i = 0; i < result.capacity(); i++) {
      result.put(i, (float) ofNumbers.applyAsDouble(a.get(i), b));
    }
  }

  private void integers(Tensor a, Tensor b, Tensor result) {
    LongBinaryOperator exact = Objects.requireNonNull(ofIntegers);
    for (long i = 0; i < result.shape().size(); i++) {
      result.set(i, exact.applyAsLong(a.longAt(i), b.longAt(i)));
    }
  }
}
