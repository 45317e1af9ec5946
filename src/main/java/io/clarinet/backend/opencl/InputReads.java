package io.clarinet.backend.opencl;

import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The inputs of a plan's steps that are an input of the graph, or a part of one, and may be read
 * from other memory than the plan's: no such step writes there, and none reads beyond.
 */
final class InputReads {
  /** None of any plan's. */
  static final InputReads NONE = new InputReads();

  private final Map<Read, Integer> inputs = new HashMap<>();

  private InputReads() {}

  /** An input of a step, both by number. */
  private record Read(int step, int input) {}

  /** Of a plan's steps. */
  static InputReads of(Plan plan) {
    InputReads reads = new InputReads();
    for (int i = 0; i < plan.inputs().size(); i++) {
      Place place = plan.inputs().get(i).place();
      List<Read> found = new ArrayList<>();
      if (place.isDense() && liesAlone(plan, i) && isOnlyRead(plan, ArenaBytes.of(place), found)) {
        for (Read read : found) {
          reads.inputs.put(read, i);
        }
      }
    }
    return reads;
  }

  private static boolean liesAlone(Plan plan, int input) {
    ArenaBytes own = ArenaBytes.of(plan.inputs().get(input).place());
    return IntStream.range(0, plan.inputs().size())
        .filter(i -> i != input)
        .noneMatch(i -> own.meets(ArenaBytes.of(plan.inputs().get(i).place())));
  }

  /** Finds all that is read of an input before it is written over. */
  private static boolean isOnlyRead(Plan plan, ArenaBytes input, List<Read> found) {
    List<ArenaBytes> later = List.of();
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      List<ArenaBytes> written = written(step).filter(input::meets).toList();
      for (int j = 0; j < step.inputs().size(); j++) {
        if (step.inputs().get(j) instanceof Step.Operand.At at
            && isLeft(input, at.place(), later)) {
          ArenaBytes read = ArenaBytes.of(at.place());
          if (!input.holds(read) || read.meetsAny(later) || read.meetsAny(written)) {
            return false;
          }
          found.add(new Read(i, j));
        }
      }
      later = ArenaBytes.joined(Stream.concat(later.stream(), written.stream()));
    }
    List<ArenaBytes> last = later;
    return plan.outputs().stream().noneMatch(output -> isLeft(input, output.place(), last));
  }

  /** Whether a value is of an input's memory, and not all of it was written later. */
  private static boolean isLeft(ArenaBytes input, Place place, List<ArenaBytes> later) {
    ArenaBytes bytes = ArenaBytes.of(place);
    return place.space() == Place.Space.ARENA
        && bytes.meets(input)
        && later.stream().noneMatch(written -> written.holds(bytes));
  }

  private static Stream<ArenaBytes> written(Step step) {
    return Stream.concat(step.outputs().stream(), step.scratch().stream()).map(ArenaBytes::of);
  }

  /** Number of the graph's input that a step's input is; -1 if it is none. */
  int input(int step, int input) {
    return inputs.getOrDefault(new Read(step, input), -1);
  }
}
