package io.clarinet.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Another constant's elements as another type, made each time they are asked for and never kept:
 * weights that a file stores in half precision take no more until they are packed.
 */
public record Converted(Constant source, ElementType type) implements Constant {

  /** The constant as elements of a type; itself if they are that. */
  public static Constant of(Constant source, ElementType type) {
    return source.type() == type ? source : new Converted(source, type);
  }

  @Override
  public Shape shape() {
    return source.shape();
  }

  @Override
  public Tensor tensor() {
    // On the heap: direct memory would stay taken until some garbage collection far away.
    int bytes = Math.toIntExact(Math.multiplyExact(shape().size(), (long) type.bytes()));
    Tensor converted =
        Tensor.wrap(type, shape(), ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()));
    Conversion.convert(source.tensor(), converted);
    return converted;
  }
}
