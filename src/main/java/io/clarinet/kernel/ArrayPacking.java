package io.clarinet.kernel;

import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** A packing that can write straight into an array, so that large weights exist only once more. */
public interface ArrayPacking extends Packing {

  /**
   * Packs like {@link Packing#pack}, into an array.
   *
   * @param packed holds {@link #bytes()} / 4 zeros from {@code at} on
   */
  void pack(List<Tensor> sources, float[] packed, int at);

  @Override
  default void pack(List<Tensor> sources, ByteBuffer packed) {
    float[] values = new float[Math.toIntExact(bytes() / Float.BYTES)];
    pack(sources, values, 0);
    packed.asFloatBuffer().put(values);
  }
}
