package io.clarinet.kernel;

import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.Binding;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan with every value moved into an arena of its own, behind a guard zone and with room between
 * its batch items, as a part of a concatenation lies. The arenas are filled with large numbers by
 * inputs before the plan's own, and read back as outputs after them.
 *
 * @param moved the values' places, arena by arena
 */
record ScatteredPlan(Plan plan, List<Place> moved) {
  private static final int GUARD = 64;
  private static final int GAP = 48;

  static ScatteredPlan of(Plan plan) {
    Map<Place, Place> moves = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      step.inputs().forEach(i -> move(i, moves));
      step.outputs().forEach(p -> move(p, moves));
      step.scratch().forEach(p -> move(p, moves));
    }
    plan.inputs().forEach(b -> move(b.place(), moves));
    plan.outputs().forEach(b -> move(b.place(), moves));
    List<Place> moved = List.copyOf(moves.values());
    List<Binding> arenas = moved.stream().map(p -> new Binding("arena", whole(p))).toList();
    List<Binding> inputs = new ArrayList<>(arenas);
    inputs.addAll(bindings(plan.inputs(), "x", moves));
    List<Binding> outputs = new ArrayList<>(bindings(plan.outputs(), "y", moves));
    outputs.addAll(arenas);
    return new ScatteredPlan(
        new Plan(
            plan.device(),
            inputs,
            outputs,
            plan.steps().stream().map(s -> moved(s, moves)).toList(),
            moved.stream().map(p -> 4L * arenaFloats(p)).toList(),
            plan.packed()),
        moved);
  }

  private static void move(Step.Operand operand, Map<Place, Place> moves) {
    if (operand instanceof Step.Operand.At at) {
      move(at.place(), moves);
    }
  }

  private static void move(Place place, Map<Place, Place> moves) {
    if (place.space() == Place.Space.ARENA) {
      moves.computeIfAbsent(place, p -> apart(p, moves.size()));
    }
  }

  private static Place apart(Place p, int arena) {
    long gap = p.shape().rank() < 2 ? 0 : GAP;
    return new Place(
        p.space(), arena, 4L * GUARD, p.batchStride() + gap, p.layout(), p.type(), p.shape());
  }

  /** Floats from the arena's start to the end of the guard zone behind the value. */
  private static int arenaFloats(Place p) {
    return GUARD + Math.toIntExact((p.extentBytes() + 3) / 4) + GUARD;
  }

  private static Place whole(Place p) {
    Shape shape = Shape.of(arenaFloats(p));
    return new Place(p.space(), p.index(), 0, 1, Layout.PLAIN, ElementType.FLOAT32, shape);
  }

  private static List<Binding> bindings(
      List<Binding> bindings, String name, Map<Place, Place> moves) {
    return bindings.stream()
        .map(b -> new Binding(name, moves.getOrDefault(b.place(), b.place())))
        .toList();
  }

  private static Step moved(Step step, Map<Place, Place> moves) {
    return new Step(
        step.node(),
        step.layer(),
        step.op(),
        step.kernel(),
        step.action(),
        step.inputs().stream().map(i -> moved(i, moves)).toList(),
        step.outputs().stream().map(moves::get).toList(),
        step.packed(),
        step.scratch().stream().map(moves::get).toList(),
        step.seconds(),
        step.declined());
  }

  private static Step.Operand moved(Step.Operand operand, Map<Place, Place> moves) {
    return operand instanceof Step.Operand.At at
        ? new Step.Operand.At(moves.getOrDefault(at.place(), at.place()))
        : operand;
  }

  /** The content of the arenas: numbers that differ from place to place. */
  List<Tensor> fillings() {
    List<Tensor> fillings = new ArrayList<>();
    for (int arena = 0; arena < moved.size(); arena++) {
      Tensor filling = Tensor.zeros(whole(moved.get(arena)).shape());
      for (int at = 0; at < filling.shape().size(); at++) {
        filling.set(at, filling(arena, at));
      }
      fillings.add(filling);
    }
    return fillings;
  }

  private static float filling(int arena, int at) {
    return 1e20f * (arena + 1) + 1e14f * at;
  }

  /** Checks arenas, as read back, for writes outside of the values, and padded lanes for zero. */
  void requireSurroundingsUntouched(List<Tensor> arenas, String where) {
    List<Tensor> fillings = fillings();
    for (int i = 0; i < moved.size(); i++) {
      Place place = moved.get(i);
      ByteBuffer found = arenas.get(i).bytes();
      ByteBuffer filled = fillings.get(i).bytes();
      for (int at = 0; at < found.limit(); at++) {
        int bytes = at - 4 * GUARD;
        if (!isWithin(place, bytes) && found.get(at) != filled.get(at)) {
          throw new AssertionError(
              where + ": byte " + bytes + " of the view of " + place + " was written");
        }
      }
      requireZeroLanes(place, arenas.get(i).toFloatArray(), where);
    }
  }

  /** Whether a byte, counted from the value's first, is one of an element. */
  private static boolean isWithin(Place place, int bytes) {
    long strideBytes = place.batchStride() * place.type().bytes();
    long ownBytes = place.layout().batchStride(place.shape()) * place.type().bytes();
    if (bytes < 0 || bytes >= place.extentBytes()) {
      return false;
    }
    return place.shape().rank() < 2 || bytes % strideBytes < ownBytes;
  }

  private static void requireZeroLanes(Place place, float[] floats, String where) {
    Shape shape = place.shape();
    int block = place.layout().block();
    int used = place.layout().isBlocked() ? shape.c() % block : 0;
    if (used == 0) {
      return;
    }
    long pixels = shape.size(2, shape.rank());
    for (int n = 0; n < shape.n(); n++) {
      long last = GUARD + n * place.batchStride() + pixels * block * (shape.c() / block);
      for (long i = 0; i < pixels * block; i++) {
        if (i % block >= used && floats[(int) (last + i)] != 0) {
          throw new AssertionError(where + ": padded lane " + i % block + " is not zero");
        }
      }
    }
  }
}
