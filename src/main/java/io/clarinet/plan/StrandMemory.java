package io.clarinet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Keeps the memory of strands apart: they run at the same time, so that no step of one comes before
 * or after a step of another.
 */
final class StrandMemory {
  /** Values that more than one strand touches, or what comes before or after all. */
  private static final int COMMON = -1;

  private final List<UnplacedStep> steps;
  private final int first;
  private final int last;

  /**
   * @param steps in their order, a strand's after each other
   */
  StrandMemory(List<UnplacedStep> steps) {
    this.steps = steps;
    int from = steps.size();
    int to = -1;
    for (int i = 0; i < steps.size(); i++) {
      if (strand(i) != COMMON) {
        from = Math.min(from, i);
        to = i;
      }
    }
    this.first = from;
    this.last = to;
  }

  private int strand(int step) {
    if (step >= steps.size()) {
      return COMMON;
    }
    Step.Layer layer = steps.get(step).layer;
    return layer.strandCount() == 1 ? COMMON : layer.strandNumber();
  }

  /**
   * Slots in groups that must not share memory. What more than one strand touches lives as long as
   * all of them.
   */
  List<List<Slot>> apart(List<Slot> owners) {
    TreeMap<Integer, List<Slot>> groups = new TreeMap<>();
    for (Slot owner : owners) {
      int group = group(owner);
      if (group == COMMON && owner.firstStep() <= last && owner.lastStep() >= first) {
        owner.touch(first);
        owner.touch(last);
      }
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(owner);
    }
    return List.copyOf(groups.values());
  }

  private int group(Slot owner) {
    int group = strand(owner.firstStep());
    return group == strand(owner.lastStep()) ? group : COMMON;
  }
}
