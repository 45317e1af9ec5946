package io.clarinet.kernel;

import io.clarinet.tensor.Fact;
import java.util.List;

/** One way to run one operator on a device. */
public interface Kernel {

  /** Name for people and for striking off, as the {@code .cl} file's. */
  String name();

  /** Offers to run the operator on these facts, or declines with a reason. Never throws. */
  Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device);

  /** Whether it is asked only where no other kernel that stands before it can be used. */
  default boolean isLastResort() {
    return false;
  }
}
