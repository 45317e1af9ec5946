package io.clarinet.djl;

import ai.djl.ndarray.NDArray;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** Calls of each element by itself; integers become float32 where fractions may come out. */
final class ElementCalls {
  private final HostArray array;

  ElementCalls(HostArray array) {
    this.array = array;
  }

  public NDArray neg() {
    return array.made(Arithmetic.MULTIPLY.of(array.tensor(), -1));
  }

  public NDArray abs() {
    return made(Math::abs, array.tensor().type());
  }

  public NDArray floor() {
    return made(Math::floor, array.tensor().type());
  }

  public NDArray ceil() {
    return made(Math::ceil, array.tensor().type());
  }

  /** Halves to the even neighbour. */
  public NDArray round() {
    return made(Math::rint, array.tensor().type());
  }

  public NDArray square() {
    return array.made(Arithmetic.MULTIPLY.of(array.tensor(), array.tensor()));
  }

  public NDArray sqrt() {
    return made(Math::sqrt, fractional());
  }

  public NDArray exp() {
    return made(Math::exp, fractional());
  }

  public NDArray log() {
    return made(Math::log, fractional());
  }

  private ElementType fractional() {
    ElementType own = array.tensor().type();
    return own.isFloatingPoint() ? own : ElementType.FLOAT32;
  }

  private NDArray made(DoubleUnaryOperator function, ElementType type) {
    Tensor tensor = array.tensor();
    Tensor result = Strided.zeros(type, tensor.shape().dims());
    for (long i = 0; i < tensor.shape().size(); i++) {
      result.set(i, function.applyAsDouble(tensor.doubleAt(i)));
    }
    return array.made(result);
  }
}
