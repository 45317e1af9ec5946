package io.clarinet.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of an arena in use at each step: a segment tree over the steps, so that neither
 * placing a region nor finding a gap looks at all regions.
 */
final class Occupancy {
  /** Half the nodes; node 1 is the root, node {@code leaves + step} one step's. */
  private final int leaves;

  /** Addresses in use during all steps of a node, and of none above it. */
  private final @Nullable AddressRanges[] throughout;

  /** Addresses in use during any step of a node, but those that a node above it holds. */
  private final @Nullable AddressRanges[] sometimes;

  /**
   * @param steps from 0 on
   */
  Occupancy(int steps) {
    this.leaves = Integer.highestOneBit(Math.max(1, steps)) << 1;
    this.throughout = new AddressRanges[2 * leaves];
    this.sometimes = new AddressRanges[2 * leaves];
  }

  /** Uses addresses from one to another during a region's steps. */
  void add(Region region, long from, long to) {
    if (from == to) {
      return;
    }
    for (int node : cover(region)) {
      ranges(throughout, node).add(from, to);
      ranges(sometimes, node).add(from, to);
    }
    addAbove(region.firstStep(), from, to);
    addAbove(region.lastStep(), from, to);
  }

  /** Nodes above those of a region's cover hold its first or last step, and others too. */
  private void addAbove(int step, long from, long to) {
    for (int node = leaves + step; node > 0; node /= 2) {
      ranges(sometimes, node).add(from, to);
    }
  }

  private static AddressRanges ranges(@Nullable AddressRanges[] of, int node) {
    AddressRanges ranges = of[node];
    if (ranges == null) {
      ranges = new AddressRanges();
      of[node] = ranges;
    }
    return ranges;
  }

  /** The lowest address from which a region's bytes are free during all its steps. */
  long lowestGap(Region region) {
    List<AddressRanges> used = used(region);
    long at = 0;
    for (long next = 0; ; at = next) {
      for (AddressRanges ranges : used) {
        next = ranges.freeFrom(next, region.bytes());
      }
      if (next == at) {
        return at;
      }
    }
  }

  private List<AddressRanges> used(Region region) {
    List<AddressRanges> used = new ArrayList<>();
    for (int node : cover(region)) {
      add(sometimes[node], used);
      for (int above = node / 2; above > 0; above /= 2) {
        add(throughout[above], used);
      }
    }
    return used;
  }

  private static void add(@Nullable AddressRanges ranges, List<AddressRanges> used) {
    if (ranges != null) {
      used.add(ranges);
    }
  }

  /** The fewest nodes that make up a region's steps. */
  private List<Integer> cover(Region region) {
    List<Integer> nodes = new ArrayList<>();
    int from = leaves + region.firstStep();
    int to = leaves + region.lastStep() + 1;
    for (; from < to; from /= 2, to /= 2) {
      if (from % 2 == 1) {
        nodes.add(from++);
      }
      if (to % 2 == 1) {
        nodes.add(--to);
      }
    }
    return nodes;
  }
}
