package io.clarinet.backend.opencl;

import io.clarinet.tensor.Tensor;
import org.jocl.cl_command_queue;

/** Moves one plain value between host and device; what is moved is there when a call returns. */
sealed interface Transfer extends AutoCloseable permits QueuedTransfer, MappedTransfer {

  /** Copies a tensor's elements to the device. */
  void write(cl_command_queue queue, Tensor tensor);

  /** Copies the device's elements to a tensor. */
  void read(cl_command_queue queue, Tensor tensor);

  @Override
  default void close() {}
}
