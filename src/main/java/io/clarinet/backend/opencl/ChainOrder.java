package io.clarinet.backend.opencl;

import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The step that each step of a chain must wait for: the last earlier one that shares memory with
 * it.
 */
final class ChainOrder {
  private ChainOrder() {}

  private record Touched(List<ArenaBytes> read, List<ArenaBytes> written) {
    static Touched by(Step step) {
      List<ArenaBytes> read = new ArrayList<>();
      for (Step.Operand operand : step.inputs()) {
        if (operand instanceof Step.Operand.At at && at.place().space() == Place.Space.ARENA) {
          read.add(ArenaBytes.of(at.place()));
        }
      }
      return new Touched(
          read,
          Stream.concat(step.outputs().stream(), step.scratch().stream())
              .map(ArenaBytes::of)
              .toList());
    }

    /** By any of some steps. */
    static Touched by(List<Step> steps) {
      List<Touched> all = steps.stream().map(Touched::by).toList();
      return new Touched(
          ArenaBytes.joined(all.stream().flatMap(touched -> touched.read.stream())),
          ArenaBytes.joined(all.stream().flatMap(touched -> touched.written.stream())));
    }

    boolean mustFollow(Touched earlier) {
      return meet(read, earlier.written)
          || meet(written, earlier.read)
          || meet(written, earlier.written);
    }

    private static boolean meet(List<ArenaBytes> some, List<ArenaBytes> others) {
      return some.stream().anyMatch(span -> others.stream().anyMatch(span::meets));
    }
  }

  /** Whether no step of one strand must wait for a step of another, of so many steps each. */
  static boolean areApart(List<Step> steps, int length) {
    List<Touched> strands = new ArrayList<>();
    for (int begin = 0; begin < steps.size(); begin += length) {
      Touched strand = Touched.by(steps.subList(begin, begin + length));
      if (strands.stream().anyMatch(strand::mustFollow)) {
        return false;
      }
      strands.add(strand);
    }
    return true;
  }

  /** For each step, how many of the steps before it must be complete when it begins. */
  static int[] predecessors(List<Step> steps) {
    List<Touched> touched = steps.stream().map(Touched::by).toList();
    int[] wanted = new int[steps.size()];
    for (int i = 0; i < wanted.length; i++) {
      int j = i - 1;
      while (j >= 0 && !touched.get(i).mustFollow(touched.get(j))) {
        j--;
      }
      wanted[i] = j + 1;
    }
    return wanted;
  }
}
