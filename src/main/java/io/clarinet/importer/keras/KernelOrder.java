package io.clarinet.importer.keras;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;

/** Weights with their axes in the opposite order, made when they are packed. */
final class KernelOrder {
  private KernelOrder() {}

  /**
   * Elements [a, b, c] as [c, b, a]: [h, w, in, out] becomes [out, in, h, w], and [in, out] becomes
   * [out, in].
   *
   * @param result the shape that [c, b, a] is given
   */
  static Constant reversed(Constant source, long a, long b, Shape result) {
    long c = source.shape().size() / Math.max(1, a * b);
    if (a * b * c != result.size()) {
      throw new IllegalArgumentException("weights " + source.shape() + " are no " + result);
    }
    return new Deferred(
        ElementType.FLOAT32,
        result,
        () -> reversed(source.tensor(), (int) a, (int) b, (int) c, Tensor.zeros(result)));
  }

  private static Tensor reversed(Tensor source, int a, int b, int c, Tensor result) {
    FloatBuffer from = source.floats();
    FloatBuffer to = result.floats();
    int at = 0;
    for (int k = 0; k < c; k++) {
      for (int j = 0; j < b; j++) {
        for (int i = 0; i < a; i++) {
          to.put(at++, from.get((i * b + j) * c + k));
        }
      }
    }
    return result;
  }

  /** A convolution's [h, w, in, out] as [out, in, h, w]; also for one spatial axis. */
  static Constant convolution(Constant kernel) {
    Shape k = kernel.shape();
    if (k.rank() < 3) {
      throw new IllegalArgumentException("a kernel of shape " + k + " is no convolution's");
    }
    int spatial = k.rank() - 2;
    int[] dims = new int[k.rank()];
    dims[0] = k.dim(-1);
    dims[1] = k.dim(-2);
    for (int axis = 0; axis < spatial; axis++) {
      dims[axis + 2] = k.dim(axis);
    }
    return reversed(kernel, k.size(0, spatial), k.dim(-2), Shape.of(dims));
  }

  /**
   * A depthwise convolution's [h, w, in, multiplier] as [in · multiplier, 1, h, w]; also for one
   * spatial axis.
   */
  static Constant depthwise(Constant kernel) {
    Shape k = kernel.shape();
    if (k.rank() != 3 && k.rank() != 4) {
      throw new IllegalArgumentException("a kernel of shape " + k + " is no convolution's");
    }
    int spatial = k.rank() - 2;
    int[] dims = new int[k.rank()];
    dims[0] = Math.multiplyExact(k.dim(-2), k.dim(-1));
    dims[1] = 1;
    for (int axis = 0; axis < spatial; axis++) {
      dims[axis + 2] = k.dim(axis);
    }
    return reversed(kernel, k.size(0, spatial), 1, Shape.of(dims));
  }
}
