package io.clarinet.kernel;

import io.clarinet.tensor.Tensor;
import java.util.List;

/** A step that runs on the host over plain tensors, where no device kernel accepts. */
@FunctionalInterface
public interface HostFunction {

  /**
   * Fills every element of the outputs, which arrive with the shapes and types that were planned.
   */
  void run(List<Tensor> inputs, List<Tensor> outputs);
}
