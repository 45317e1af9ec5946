package io.clarinet.cli;

import io.clarinet.report.Explanation;
import io.clarinet.report.StepCost;
import java.util.Locale;

/**
 * The use of what limits some work: arithmetic or memory.
 *
 * @param compute whether arithmetic does
 * @param perSecond float operations as the operators' definitions count them, or bytes
 * @param share of the device's peak or bandwidth
 */
record Rate(boolean compute, double perSecond, double share) {

  /** Limited by whichever would take the work longer at the device's best. */
  static Rate of(StepCost cost, double seconds, Explanation plan) {
    double flops = cost.multipliedFlops();
    boolean compute = flops / plan.peakFlops() > cost.bytes() / plan.bandwidth();
    return compute
        ? new Rate(true, cost.flops() / seconds, flops / seconds / plan.peakFlops())
        : new Rate(false, cost.bytes() / seconds, cost.bytes() / seconds / plan.bandwidth());
  }

  /** Such as {@code 155.4 GFLOPS}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%7.1f %s", perSecond * 1e-9, compute ? "GFLOPS" : "GB/s");
  }

  /** Such as {@code 41 % of peak}. */
  String ofBest() {
    return String.format(Locale.ROOT, "%3.0f %% of %s", 100 * share, compute ? "peak" : "memory");
  }
}
