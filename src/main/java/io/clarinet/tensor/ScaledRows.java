package io.clarinet.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;

/**
 * Float32 weights whose every row along the outermost axis is multiplied by a factor, as folding a
 * batch norm into a convolution does. The product is made only when asked for, so that folding
 * keeps no second copy of a network's weights.
 */
public final class ScaledRows implements Constant {
  private final Constant source;
  private final float[] factors;

  /**
   * @param source float32, outermost extent {@code factors.length}
   */
  public ScaledRows(Constant source, float[] factors) {
    if (source.type() != ElementType.FLOAT32 || source.shape().dim(0) != factors.length) {
      throw new IllegalArgumentException(
          factors.length + " row factors for " + source.type() + " " + source.shape());
    }
    this.source = source;
    this.factors = factors.clone();
  }

  @Override
  public ElementType type() {
    return source.type();
  }

  @Override
  public Shape shape() {
    return source.shape();
  }

  @Override
  public Tensor tensor() {
    // On the heap: direct memory would stay taken until some garbage collection far away.
    return tensor(ByteBuffer::allocate);
  }

  @Override
  public Tensor tensor(IntFunction<ByteBuffer> room) {
    Tensor read = source.tensor(room);
    boolean isOurs = source instanceof Tensor && read != source;
    Tensor product = isOurs ? read : empty(room);
    FloatBuffer from = read.floats();
    FloatBuffer to = product.floats();
    int row = Math.toIntExact(shape().size(1, shape().rank()));
    for (int i = 0; i < factors.length * row; i++) {
      to.put(i, from.get(i) * factors[i / row]);
    }
    return product;
  }

  private Tensor empty(IntFunction<ByteBuffer> room) {
    int bytes = Math.toIntExact(byteSize());
    return Tensor.wrap(type(), shape(), room.apply(bytes).order(ByteOrder.nativeOrder()));
  }
}
