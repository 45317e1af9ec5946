package io.clarinet.backend.opencl;

import io.clarinet.plan.Step;
import java.util.List;

/**
 * The strands of a chain, as {@code opencl/cpu/chain.cl} runs them side by side: launches one after
 * the other, as many in each.
 *
 * @param count of strands
 * @param before launches before the first strand
 * @param each launches of a strand
 */
record ChainStrands(int count, int before, int each) {

  /** Of some steps: none where these are not all of a plan's strands, or where they meet. */
  static ChainStrands of(List<Step> steps, int groups) {
    int first = 0;
    while (first < steps.size() && steps.get(first).layer().strandCount() == 1) {
      first++;
    }
    if (first == steps.size()) {
      return none(steps);
    }
    int count = steps.get(first).layer().strandCount();
    int length = 0;
    while (first + length < steps.size() && isOf(0, count, steps.get(first + length))) {
      length++;
    }
    List<Step> all = steps.subList(first, Math.min(steps.size(), first + length * count));
    return groups % count == 0
            && areAlike(all, length, count)
            && ChainOrder.areApart(all, length)
            && steps.stream().filter(s -> s.layer().strandCount() > 1).count() == all.size()
        ? new ChainStrands(
            count, launches(steps.subList(0, first)), launches(all.subList(0, length)))
        : none(steps);
  }

  private static ChainStrands none(List<Step> steps) {
    return new ChainStrands(1, launches(steps), 0);
  }

  private static boolean isOf(int strand, int count, Step step) {
    return step.layer().strandNumber() == strand && step.layer().strandCount() == count;
  }

  /** Whether each strand has as many steps, and each step as many launches as in the first. */
  private static boolean areAlike(List<Step> steps, int length, int count) {
    if (steps.size() != length * count) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      Step alike = steps.get(i % length);
      if (!isOf(i / length, count, steps.get(i))
          || Segment.launches(steps.get(i)).size() != Segment.launches(alike).size()) {
        return false;
      }
    }
    return true;
  }

  private static int launches(List<Step> steps) {
    return steps.stream().mapToInt(step -> Segment.launches(step).size()).sum();
  }
}
