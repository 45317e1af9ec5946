package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** A constant in channel blocks, read as an image of the given shape. */
record PackedImage(Shape shape, int block) implements Packing {

  long batchStride() {
    return Layout.blocked(block).batchStride(shape);
  }

  @Override
  public long bytes() {
    return 4 * Layout.blocked(block).elements(shape);
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    Tensor source = sources.get(0);
    int pixels = shape.h() * shape.w();
    for (int i = 0; i < shape.size(); i++) {
      int pixel = i % pixels;
      int c = i / pixels % shape.c();
      int n = i / pixels / shape.c();
      long at = n * batchStride() + ((long) c / block * pixels + pixel) * block + c % block;
      packed.putFloat(Math.toIntExact(4 * at), (float) source.doubleAt(i));
    }
  }
}
