package io.clarinet.backend.opencl;

import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The step that each step of a chain must wait for: the last earlier one that shares memory with
 * it.
 */
final class ChainOrder {
  private ChainOrder() {}

  private record Span(int arena, long begin, long end) {
    static Span of(Place place) {
      return new Span(place.index(), place.byteOffset(), place.byteOffset() + place.extentBytes());
    }

    boolean meets(Span other) {
      return arena == other.arena && begin < other.end && other.begin < end;
    }

    /** The same bytes in the fewest spans. */
    static List<Span> joined(Stream<Span> spans) {
      List<Span> joined = new ArrayList<>();
      for (Span next :
          spans.sorted(Comparator.comparingInt(Span::arena).thenComparing(Span::begin)).toList()) {
        Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
        if (last != null && last.arena == next.arena && next.begin <= last.end) {
          Span both = new Span(last.arena, last.begin, Math.max(last.end, next.end));
          joined.set(joined.size() - 1, both);
        } else {
          joined.add(next);
        }
      }
      return joined;
    }
  }

  private record Touched(List<Span> read, List<Span> written) {
    static Touched by(Step step) {
      List<Span> read = new ArrayList<>();
      for (Step.Operand operand : step.inputs()) {
        if (operand instanceof Step.Operand.At at && at.place().space() == Place.Space.ARENA) {
          read.add(Span.of(at.place()));
        }
      }
      return new Touched(
          read,
          Stream.concat(step.outputs().stream(), step.scratch().stream()).map(Span::of).toList());
    }

    /** By any of some steps. */
    static Touched by(List<Step> steps) {
      List<Touched> all = steps.stream().map(Touched::by).toList();
      return new Touched(
          Span.joined(all.stream().flatMap(touched -> touched.read.stream())),
          Span.joined(all.stream().flatMap(touched -> touched.written.stream())));
    }

    boolean mustFollow(Touched earlier) {
      return meet(read, earlier.written)
          || meet(written, earlier.read)
          || meet(written, earlier.written);
    }

    private static boolean meet(List<Span> some, List<Span> others) {
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
