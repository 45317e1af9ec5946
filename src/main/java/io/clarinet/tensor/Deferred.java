package io.clarinet.tensor;

import java.util.function.Supplier;

/** A constant that is computed each time it is asked for, the same each time, and never kept. */
public final class Deferred implements Constant {
  private final ElementType type;
  private final Shape shape;
  private final Supplier<Tensor> source;

  /**
   * @param source makes the elements, of the given type and shape
   */
  public Deferred(ElementType type, Shape shape, Supplier<Tensor> source) {
    this.type = type;
    this.shape = shape;
    this.source = source;
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Tensor tensor() {
    Tensor tensor = source.get();
    if (tensor.type() != type || !tensor.shape().equals(shape)) {
      throw new IllegalStateException("promised " + type + " " + shape + ", got " + tensor);
    }
    return tensor;
  }
}
