package io.clarinet.plan;

import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Packing;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/** A constant that a kernel reads as it reads any value: in a value's layout. */
record LayoutPacking(ElementType type, Shape shape, Layout layout) implements Packing {

  @Override
  public long bytes() {
    return Math.max(1, layout.elements(shape)) * type.bytes();
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    Tensor source = sources.get(0);
    if (!layout.isBlocked()) {
      packed.put(source.bytes());
      return;
    }
    FloatBuffer from = source.floats();
    FloatBuffer to = packed.asFloatBuffer();
    int block = layout.block();
    int pixels = Math.toIntExact(shape.size(2, shape.rank()));
    int batch = Math.toIntExact(layout.batchStride(shape));
    for (int i = 0; i < from.limit(); i++) {
      int pixel = i % pixels;
      int c = i / pixels % shape.c();
      int n = i / pixels / shape.c();
      to.put(n * batch + (c / block * pixels + pixel) * block + c % block, from.get(i));
    }
  }
}
