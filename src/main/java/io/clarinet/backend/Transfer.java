package io.clarinet.backend;

import io.clarinet.tensor.Tensor;

/**
 * Moves one plain value between tensors and its place on a device; the move is complete when a call
 * returns.
 */
public interface Transfer extends AutoCloseable {

  /** Copies a tensor's elements to the device. */
  void write(Tensor from);

  /** Copies the device's elements to a tensor. */
  void read(Tensor to);

  @Override
  default void close() {}
}
