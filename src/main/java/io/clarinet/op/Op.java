package io.clarinet.op;

import io.clarinet.tensor.Tensor;
import java.util.List;

/** What a graph node computes: its facts rule, its meaning, and how a device may run it. */
public sealed interface Op permits BatchNorm, Binary, Conv2d, Reorder, Reshape, Unary {

  /**
   * What is known of the outputs.
   *
   * @throws IllegalArgumentException saying which input is wrong, and how
   */
  List<Fact> infer(List<Fact> inputs);

  /**
   * Plain-Java definition of the result, with double accumulators; every kernel is tested against
   * it. Fills every element of the outputs, whose shapes and types are {@link #infer}'s.
   */
  void reference(List<Tensor> inputs, List<Tensor> outputs);

  /** Ways to run on an OpenCL device; on equal cost the earlier is chosen. */
  default List<Kernel> kernels() {
    return List.of();
  }

  /** The operator's name for people. */
  default String name() {
    return getClass().getSimpleName();
  }
}
