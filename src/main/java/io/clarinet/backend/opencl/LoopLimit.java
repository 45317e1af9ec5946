package io.clarinet.backend.opencl;

import io.clarinet.backend.KernelRejectedException;
import io.clarinet.kernel.Launch;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.List;
import java.util.stream.Stream;

/**
 * The turns after which Mesa's llvmpipe ends the loops of a work-item, all together, and goes on
 * without an error, as if they were done (Mesa, {@code LP_MAX_TGSI_LOOP_ITERATIONS}): a kernel that
 * is right on a tiny case is wrong on a large one. What may reach the limit is struck off.
 */
final class LoopLimit {
  private static final long TURNS = 65_535;

  /** Turns for each multiply-add: 0.4 were seen of a convolution in tiles of 8 channels. */
  private static final long TURNS_OF_A_PRODUCT = 2;

  /** Turns for each element that is read or written: a window's taps read one several times. */
  private static final long TURNS_OF_AN_ELEMENT = 4;

  private LoopLimit() {}

  /** Throws, naming the kernel, where a step's loops may be longer than the device lets them be. */
  static void require(ListedDevice device, Plan plan) {
    if (device.isLlvmpipe()) {
      plan.steps().forEach(LoopLimit::require);
    }
  }

  private static void require(Step step) {
    List<Launch> launches = Segment.launches(step);
    long items = launches.stream().mapToLong(LoopLimit::items).min().orElse(Long.MAX_VALUE);
    if (turns(step) / items > TURNS) {
      throw new KernelRejectedException(
          step.kernel(),
          "llvmpipe ends the loops of a work-item after " + TURNS + " turns, and these are longer");
    }
  }

  private static long items(Launch launch) {
    return launch.range().groups() * launch.range().groupSize();
  }

  /** Turns of all work-items together, estimated high. */
  private static long turns(Step step) {
    Stream<Place> inputs =
        step.inputs().stream()
            .filter(Step.Operand.At.class::isInstance)
            .map(operand -> ((Step.Operand.At) operand).place());
    long elements =
        Stream.concat(inputs, step.outputs().stream()).mapToLong(p -> p.shape().size()).sum();
    return Math.max(
        TURNS_OF_A_PRODUCT * step.layer().multiplyAdds(), TURNS_OF_AN_ELEMENT * elements);
  }
}
