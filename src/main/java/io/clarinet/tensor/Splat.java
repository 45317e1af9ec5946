package io.clarinet.tensor;

/** A tensor with one value everywhere, however large its shape. */
public record Splat(ElementType type, Shape shape, double value) implements Constant {

  @Override
  public Tensor tensor() {
    Tensor tensor = Tensor.zeros(type, shape);
    if (value != 0) {
      for (long i = 0; i < shape.size(); i++) {
        tensor.set(i, value);
      }
    }
    return tensor;
  }
}
