package io.clarinet.selftest;

import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** Constants that have been packed. Two are never equal, so that none is taken for another. */
final class PackedBytes implements Packing {
  private final ByteBuffer packed;

  PackedBytes(ByteBuffer packed) {
    this.packed = packed;
  }

  @Override
  public long bytes() {
    return packed.capacity();
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer to) {
    to.put(packed.duplicate());
  }

  /** A view of all bytes. */
  ByteBuffer content() {
    return packed.duplicate();
  }
}
