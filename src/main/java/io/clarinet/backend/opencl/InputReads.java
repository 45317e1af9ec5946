package io.clarinet.backend.opencl;

import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      if (place.isDense() && isOnlyRead(plan, ArenaBytes.of(place), found)) {
        for (Read read : found) {
          reads.inputs.put(read, i);
        }
      }
    }
    return reads;
  }

  /** Finds all that is read of an input before it is written over. */
  private static boolean isOnlyRead(Plan plan, ArenaBytes input, List<Read> found) {
    List<ArenaBytes> later = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      List<ArenaBytes> read = new ArrayList<>();
      for (int j = 0; j < step.inputs().size(); j++) {
        if (step.inputs().get(j) instanceof Step.Operand.At at && isOf(input, at.place(), later)) {
          read.add(ArenaBytes.of(at.place()));
          found.add(new Read(i, j));
        }
      }
      List<ArenaBytes> written = written(step).filter(input::meets).toList();
      if (!read.stream().allMatch(input::holds)
          || read.stream().anyMatch(r -> r.meetsAny(written))) {
        return false;
      }
      later.addAll(written);
    }
    return plan.outputs().stream().noneMatch(output -> isOf(input, output.place(), later));
  }

  private static boolean isOf(ArenaBytes input, Place place, List<ArenaBytes> later) {
    ArenaBytes bytes = ArenaBytes.of(place);
    return place.space() == Place.Space.ARENA && bytes.meets(input) && !bytes.meetsAny(later);
  }

  private static Stream<ArenaBytes> written(Step step) {
    return Stream.concat(step.outputs().stream(), step.scratch().stream()).map(ArenaBytes::of);
  }

  /** Number of the graph's input that a step's input is; -1 if it is none. */
  int input(int step, int input) {
    return inputs.getOrDefault(new Read(step, input), -1);
  }
}
