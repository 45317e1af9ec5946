package io.clarinet.backend;

import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Memory of one thread that packs, in which constants that exist nowhere are made, one after the
 * other: with an array for each, a small heap was collected eight times while ResNet-50 started.
 */
public final class PackingRoom {
  private ByteBuffer room = ByteBuffer.allocate(0);
  private boolean isLent;

  /** The sources of a constant, valid until the next call. */
  public List<Tensor> sources(PackedConstant constant) {
    isLent = false;
    return constant.sources().stream().map(source -> source.tensor(this::lend)).toList();
  }

  private ByteBuffer lend(int bytes) {
    if (isLent) {
      return ByteBuffer.allocate(bytes);
    }
    isLent = true;
    if (room.capacity() < bytes) {
      room = ByteBuffer.allocate(bytes);
    }
    return room.slice(0, bytes);
  }
}
