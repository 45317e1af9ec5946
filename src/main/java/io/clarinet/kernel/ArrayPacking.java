package io.clarinet.kernel;

import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** A packing that can write straight into an array, so that large weights exist only once more. */
public interface ArrayPacking extends Packing {

  /**
   * Packs like {@link Packing#pack}, into an array.
   *
   * @param packed {@link #bytes()} / 4 zeros
   */
  void pack(List<Tensor> sources, float[] packed);

  @Override
  default void pack(List<Tensor> sources, ByteBuffer packed) {
    float[] values = new float[Math.toIntExact(bytes() / Float.BYTES)];
    pack(sources, values);
    packed.asFloatBuffer().put(values);
  }
}
