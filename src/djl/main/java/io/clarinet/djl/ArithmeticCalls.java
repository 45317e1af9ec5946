package io.clarinet.djl;

import ai.djl.ndarray.NDArray;

/** Calls of an array and a number, or another array. */
final class ArithmeticCalls {
  private final HostArray array;

  ArithmeticCalls(HostArray array) {
    this.array = array;
  }

  public NDArray add(Number other) {
    return made(Arithmetic.ADD, other);
  }

  public NDArray add(NDArray other) {
    return made(Arithmetic.ADD, other);
  }

  public NDArray addi(Number other) {
    return become(Arithmetic.ADD, other);
  }

  public NDArray addi(NDArray other) {
    return become(Arithmetic.ADD, other);
  }

  public NDArray sub(Number other) {
    return made(Arithmetic.SUBTRACT, other);
  }

  public NDArray sub(NDArray other) {
    return made(Arithmetic.SUBTRACT, other);
  }

  public NDArray subi(Number other) {
    return become(Arithmetic.SUBTRACT, other);
  }

  public NDArray subi(NDArray other) {
    return become(Arithmetic.SUBTRACT, other);
  }

  public NDArray mul(Number other) {
    return made(Arithmetic.MULTIPLY, other);
  }

  public NDArray mul(NDArray other) {
    return made(Arithmetic.MULTIPLY, other);
  }

  public NDArray muli(Number other) {
    return become(Arithmetic.MULTIPLY, other);
  }

  public NDArray muli(NDArray other) {
    return become(Arithmetic.MULTIPLY, other);
  }

  public NDArray div(Number other) {
    return made(Arithmetic.DIVIDE, other);
  }

  public NDArray div(NDArray other) {
    return made(Arithmetic.DIVIDE, other);
  }

  public NDArray divi(Number other) {
    return become(Arithmetic.DIVIDE, other);
  }

  public NDArray divi(NDArray other) {
    return become(Arithmetic.DIVIDE, other);
  }

  public NDArray mod(Number other) {
    return made(Arithmetic.REMAINDER, other);
  }

  public NDArray mod(NDArray other) {
    return made(Arithmetic.REMAINDER, other);
  }

  public NDArray modi(Number other) {
    return become(Arithmetic.REMAINDER, other);
  }

  public NDArray modi(NDArray other) {
    return become(Arithmetic.REMAINDER, other);
  }

  public NDArray maximum(Number other) {
    return made(Arithmetic.MAXIMUM, other);
  }

  public NDArray maximum(NDArray other) {
    return made(Arithmetic.MAXIMUM, other);
  }

  public NDArray minimum(Number other) {
    return made(Arithmetic.MINIMUM, other);
  }

  public NDArray minimum(NDArray other) {
    return made(Arithmetic.MINIMUM, other);
  }

  public NDArray eq(Number other) {
    return made(Arithmetic.EQUAL, other);
  }

  public NDArray eq(NDArray other) {
    return made(Arithmetic.EQUAL, other);
  }

  public NDArray neq(Number other) {
    return made(Arithmetic.UNEQUAL, other);
  }

  public NDArray neq(NDArray other) {
    return made(Arithmetic.UNEQUAL, other);
  }

  public NDArray gt(Number other) {
    return made(Arithmetic.GREATER, other);
  }

  public NDArray gt(NDArray other) {
    return made(Arithmetic.GREATER, other);
  }

  public NDArray gte(Number other) {
    return made(Arithmetic.GREATER_OR_EQUAL, other);
  }

  public NDArray gte(NDArray other) {
    return made(Arithmetic.GREATER_OR_EQUAL, other);
  }

  public NDArray lt(Number other) {
    return made(Arithmetic.LESS, other);
  }

  public NDArray lt(NDArray other) {
    return made(Arithmetic.LESS, other);
  }

  public NDArray lte(Number other) {
    return made(Arithmetic.LESS_OR_EQUAL, other);
  }

  public NDArray lte(NDArray other) {
    return made(Arithmetic.LESS_OR_EQUAL, other);
  }

  public NDArray clip(Number from, Number to) {
    return array.made(Arithmetic.MINIMUM.of(Arithmetic.MAXIMUM.of(array.tensor(), from), to));
  }

  private NDArray made(Arithmetic what, Number other) {
    return array.made(what.of(array.tensor(), other));
  }

  private NDArray made(Arithmetic what, NDArray other) {
    return array.made(what.of(array.tensor(), HostArray.tensorOf(other)));
  }

  private NDArray become(Arithmetic what, Number other) {
    return array.become(what.of(array.tensor(), other));
  }

  private NDArray become(Arithmetic what, NDArray other) {
    return array.become(what.of(array.tensor(), HostArray.tensorOf(other)));
  }
}
