package io.clarinet.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A dense host tensor: row-major elements in a native-order buffer, which may be a view of a mapped
 * file. The shape and type never change; the elements may, through the buffer views.
 */
public final class Tensor implements Constant {
  private final ElementType type;
  private final Shape shape;
  private final ByteBuffer bytes;
  private final @Nullable Consumer<ByteBuffer> reading;

  private Tensor(
      ElementType type, Shape shape, ByteBuffer bytes, @Nullable Consumer<ByteBuffer> reading) {
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
    this.reading = reading;
  }

  /**
   * A view of existing bytes, direct or on the heap, from position to limit; nothing is copied.
   *
   * @param bytes in native order, if elements are of more than one byte. Buffers are big-endian
   *     unless told otherwise, slices and duplicates of others too: call {@code
   *     order(ByteOrder.nativeOrder())} before writing numbers
   * @throws IllegalArgumentException if the byte count is not what type and shape need, or the
   *     buffer's order is another
   */
  public static Tensor wrap(ElementType type, Shape shape, ByteBuffer bytes) {
    long needed = Math.multiplyExact(shape.size(), (long) type.bytes());
    if (bytes.remaining() != needed) {
      throw new IllegalArgumentException(
          type + " " + shape + " needs " + needed + " bytes, got " + bytes.remaining());
    }
    if (type.bytes() > 1 && bytes.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          "a buffer of "
              + bytes.order()
              + " numbers for "
              + type
              + " "
              + shape
              + ", which needs "
              + ByteOrder.nativeOrder()
              + ": call order(ByteOrder.nativeOrder()) on it before it is filled");
    }
    return new Tensor(type, shape, bytes.slice().order(ByteOrder.nativeOrder()), null);
  }

  /** A tensor of zeros in direct memory. */
  public static Tensor zeros(ElementType type, Shape shape) {
    long needed = Math.multiplyExact(shape.size(), (long) type.bytes());
    if (needed > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "one tensor holds at most 2 GB; " + type + " " + shape + " needs " + needed + " bytes");
    }
    return wrap(
        type, shape, ByteBuffer.allocateDirect((int) needed).order(ByteOrder.nativeOrder()));
  }

  /** A float32 tensor of zeros in direct memory. */
  public static Tensor zeros(Shape shape) {
    return zeros(ElementType.FLOAT32, shape);
  }

  /** A float32 tensor holding a copy of the values. */
  public static Tensor of(Shape shape, float... values) {
    checkCount(shape, values.length);
    Tensor tensor = zeros(shape);
    tensor.floats().put(values);
    return tensor;
  }

  /** An int64 tensor holding a copy of the values. */
  public static Tensor ofLongs(Shape shape, long... values) {
    checkCount(shape, values.length);
    Tensor tensor = zeros(ElementType.INT64, shape);
    tensor.longs().put(values);
    return tensor;
  }

  private static void checkCount(Shape shape, int count) {
    if (count != shape.size()) {
      throw new IllegalArgumentException(
          shape + " needs " + shape.size() + " values, got " + count);
    }
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
    return this;
  }

  /**
   * The same elements, which {@link #tensor(IntFunction)} does not view but read.
   *
   * @param elements fills a buffer on the heap with all of them; null for a view after all
   */
  public Tensor readBy(@Nullable Consumer<ByteBuffer> elements) {
    return new Tensor(type, shape, bytes, elements);
  }

  @Override
  public Tensor tensor(IntFunction<ByteBuffer> room) {
    if (reading == null) {
      return this;
    }
    ByteBuffer read = room.apply(bytes.remaining());
    reading.accept(read.duplicate());
    return wrap(type, shape, read.order(ByteOrder.nativeOrder()));
  }

  /** Whether the elements cannot be changed, as those of a mapped file. */
  public boolean isReadOnly() {
    return bytes.isReadOnly();
  }

  /** A fresh view of all bytes, native order. */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.nativeOrder());
  }

  /** A fresh view of the elements of a float32 tensor. */
  public FloatBuffer floats() {
    require(ElementType.FLOAT32);
    return bytes().asFloatBuffer();
  }

  /** A fresh view of the elements of an int64 tensor. */
  public LongBuffer longs() {
    require(ElementType.INT64);
    return bytes().asLongBuffer();
  }

  /** A fresh view of the elements of an int32 tensor. */
  public IntBuffer ints() {
    require(ElementType.INT32);
    return bytes().asIntBuffer();
  }

  private void require(ElementType wanted) {
    if (type != wanted) {
      throw new IllegalStateException("tensor is " + type + ", not " + wanted);
    }
  }

  /** A copy of the elements of a tensor of floating-point numbers, each as the nearest float. */
  public float[] toFloatArray() {
    if (!type.isFloatingPoint()) {
      require(ElementType.FLOAT32);
    }
    float[] values = new float[Math.toIntExact(shape.size())];
    as(ElementType.FLOAT32).floats().get(values);
    return values;
  }

  /** An integer tensor's elements, of any integer type, widened to 64 bits. */
  public long[] toLongArray() {
    long[] values = new long[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = Elements.longAt(type, bytes, i);
    }
    return values;
  }

  /** The element at a row-major index, of any type, as a double. */
  public double doubleAt(long index) {
    return Elements.doubleAt(type, bytes, Math.toIntExact(index));
  }

  /** The element at a row-major index of an integer or boolean tensor. */
  public long longAt(long index) {
    return Elements.longAt(type, bytes, Math.toIntExact(index));
  }

  /** Stores an element at a row-major index, rounded or cut to the tensor's type. */
  public void set(long index, double value) {
    Elements.put(type, bytes, Math.toIntExact(index), value);
  }

  /** Stores an integer element at a row-major index; exact for 64-bit integers. */
  public void set(long index, long value) {
    Elements.put(type, bytes, Math.toIntExact(index), value);
  }

  /** Stores an element of another tensor, converted where the types differ. */
  public void set(long index, Tensor source, long sourceIndex) {
    int to = Math.toIntExact(index);
    int from = Math.toIntExact(sourceIndex);
    if (type.isFloatingPoint() || source.type.isFloatingPoint()) {
      Elements.put(type, bytes, to, Elements.doubleAt(source.type, source.bytes, from));
    } else {
      Elements.put(type, bytes, to, Elements.longAt(source.type, source.bytes, from));
    }
  }

  /** The same elements under another shape of equal size; the bytes are shared. */
  public Tensor reshaped(Shape other) {
    return wrap(type, other, bytes()).readBy(reading);
  }

  /**
   * This tensor's elements converted to another type; itself if the type is already that. Numbers
   * become the nearest floating-point ones, ties to even, infinite where they are too large;
   * fractions are cut off where integers are wanted.
   */
  public Tensor as(ElementType wanted) {
    if (type == wanted) {
      return this;
    }
    Tensor converted = zeros(wanted, shape);
    Conversion.convert(this, converted);
    return converted;
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
