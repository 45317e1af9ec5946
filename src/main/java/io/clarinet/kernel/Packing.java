package io.clarinet.kernel;

import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An order in which a kernel reads constants. Implementations are records: equal packings of the
 * same constants are made once and shared.
 */
public interface Packing {

  /** Size of the packed form. */
  long bytes();

  /**
   * Writes the packed form.
   *
   * @param sources the constants, dense, as the graph holds them
   * @param packed native order, {@link #bytes()} long, zeroed
   */
  void pack(List<Tensor> sources, ByteBuffer packed);

  /**
   * Multiplications that a kernel makes which reads this form, for each of the operator's
   * definition; below 1 where constants are transformed to spare some.
   */
  default double multiplications() {
    return 1;
  }

  /** One line for people on what a size beyond the constants' own buys; empty if there is none. */
  default String expansion() {
    return "";
  }
}
