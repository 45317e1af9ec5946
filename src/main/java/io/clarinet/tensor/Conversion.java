package io.clarinet.tensor;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Copies of all elements from one type to another; those of whole networks' weights in bulk. */
final class Conversion {
  private Conversion() {}

  /** Fills a tensor with the elements of another of its shape. */
  static void convert(Tensor from, Tensor to) {
    switch (to.type()) {
      case FLOAT32 -> toFloats(from, to);
      case FLOAT16 -> toHalves(from, to);
      default -> oneByOne(from, to);
    }
  }

  private static void toFloats(Tensor from, Tensor to) {
    FloatBuffer y = to.floats();
    int size = y.limit();
    switch (from.type()) {
      case FLOAT16 -> {
        ShortBuffer x = from.bytes().asShortBuffer();
        for (int i = 0; i < size; i++) {
          y.put(i, HalfFloat.toFloat(x.get(i)));
        }
      }
      case BFLOAT16 -> {
        ShortBuffer x = from.bytes().asShortBuffer();
        for (int i = 0; i < size; i++) {
          y.put(i, HalfFloat.bfloat16(x.get(i)));
        }
      }
      case FLOAT64 -> {
        DoubleBuffer x = from.bytes().asDoubleBuffer();
        for (int i = 0; i < size; i++) {
          y.put(i, (float) x.get(i));
        }
      }
      default -> oneByOne(from, to);
    }
  }

  private static void toHalves(Tensor from, Tensor to) {
    if (from.type() != ElementType.FLOAT32) {
      oneByOne(from, to);
      return;
    }
    FloatBuffer x = from.floats();
    ShortBuffer y = to.bytes().asShortBuffer();
    for (int i = 0; i < y.limit(); i++) {
      y.put(i, HalfFloat.fromFloat(x.get(i)));
    }
  }

  private static void oneByOne(Tensor from, Tensor to) {
    int size = Math.toIntExact(to.shape().size());
    for (int i = 0; i < size; i++) {
      to.set(i, from, i);
    }
  }
}
