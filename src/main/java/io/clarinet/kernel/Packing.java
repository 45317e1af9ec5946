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
   * Multiplications of a kernel that reads this form, as a share of the operator's definition;
   * below 1 where transformed constants save some.
   */
  default double multiplications() {
    return 1;
  }

  /**
   * The benefit of a packed size beyond the constants' own, one line for people; empty if there is
   * none.
   */
  default String expansion() {
    return "";
  }
}
