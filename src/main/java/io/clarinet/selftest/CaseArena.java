package io.clarinet.selftest;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.Layout;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.RelativeError;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The memory of one case: its operands, results and scratch, each behind a guard zone.
 *
 * @param before its content before the run
 * @param inputs by input index; none where only a packed form is read
 */
record CaseArena(
    FormCase of,
    int number,
    Tensor before,
    Map<Integer, CaseValue> inputs,
    List<CaseValue> outputs,
    List<CaseValue> scratch) {
  /** Largest error of a right kernel, as of whole networks. */
  static final double TOLERANCE = 1e-4;

  /** Bytes between values, and their alignment. */
  private static final int GUARD = 256;

  /** The arena of a case, filled. */
  static CaseArena of(FormCase one, int number) {
    Builder builder = new Builder(number);
    Map<Integer, CaseValue> inputs = new HashMap<>();
    for (int i : one.values()) {
      Tensor input = one.inputs().get(i);
      inputs.put(i, builder.add(one.offer().inputs().get(i), input.type(), input.shape()));
    }
    List<CaseValue> outputs = new ArrayList<>();
    for (int i = 0; i < one.outputs().size(); i++) {
      Fact output = one.outputs().get(i);
      outputs.add(builder.add(one.offer().outputs().get(i), output.type(), output.shape()));
    }
    List<CaseValue> scratch =
        one.offer().scratchBytes().stream()
            .map(b -> builder.add(Layout.PLAIN, ElementType.FLOAT32, Shape.of((b + 3) / 4)))
            .toList();
    CaseArena arena = new CaseArena(one, number, builder.guarded(), inputs, outputs, scratch);
    arena.fill();
    return arena;
  }

  /** Gives out regions one behind the other. */
  private static final class Builder {
    private final int number;
    private long end;

    Builder(int number) {
      this.number = number;
    }

    CaseValue add(Layout layout, ElementType type, Shape shape) {
      CaseValue region = CaseValue.of(number, roundUp(end + GUARD, GUARD), layout, type, shape);
      end = region.end();
      return region;
    }

    /** An arena with room for all, full of numbers that differ from place to place. */
    Tensor guarded() {
      Tensor arena = Tensor.zeros(Shape.of(roundUp(end + GUARD, GUARD) / Float.BYTES));
      for (int i = 0; i < arena.shape().size(); i++) {
        arena.floats().put(i, 1e20f + 1e14f * i);
      }
      return arena;
    }
  }

  private void fill() {
    ByteBuffer bytes = before.bytes();
    inputs.forEach((index, region) -> region.put(of.inputs().get(index), bytes));
    outputs.forEach(region -> poison(region, bytes));
    scratch.forEach(region -> poison(region, bytes));
  }

  private static void poison(CaseValue region, ByteBuffer bytes) {
    for (int at = region.begin(); at + Float.BYTES <= region.end(); at += Float.BYTES) {
      bytes.putFloat(at, Float.NaN);
    }
  }

  /** The whole arena as one value. */
  Plan.Binding whole() {
    return whole(number, before);
  }

  /** An arena as one value. */
  static Plan.Binding whole(int number, Tensor arena) {
    Place place =
        new Place(
            Place.Space.ARENA, number, 0, 1, Layout.PLAIN, ElementType.FLOAT32, arena.shape());
    return new Plan.Binding("arena " + number, place);
  }

  long size() {
    return before.shape().size() * Float.BYTES;
  }

  /**
   * The case as a plan's step.
   *
   * @param packed index of the first of its packed constants
   */
  Step step(int packed) {
    return new Step(
        of.operator(),
        new Step.Layer(of.operator(), null, Step.Layer.NO_NODE, 0),
        of.operator(),
        of.form().kernel(),
        new Step.Action.Device(of.offer().work()),
        IntStream.range(0, of.inputs().size()).mapToObj(this::operand).toList(),
        outputs.stream().map(CaseValue::place).toList(),
        IntStream.range(packed, packed + of.offer().packed().size()).boxed().toList(),
        scratch.stream().map(CaseValue::place).toList(),
        of.offer().seconds(),
        List.of());
  }

  private Step.Operand operand(int index) {
    CaseValue region = inputs.get(index);
    return region == null ? new Step.Operand.PackedOnly() : new Step.Operand.At(region.place());
  }

  /** What is wrong after a run, a phrase whose subject is the case; empty if nothing is. */
  String fault(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return "does not build: " + rejected.reason();
    }
    if (outcome instanceof Outcome.Failed failed) {
      return "failed: " + failed.reason();
    }
    String fault = fault(((Outcome.Ran) outcome).arenas().get(number).bytes());
    return fault.isEmpty() ? "" : fault + " (" + of.operator() + ")";
  }

  private String fault(ByteBuffer bytes) {
    for (int i = 0; i < outputs.size(); i++) {
      Tensor result = outputs.get(i).get(bytes);
      String wrong = wrong(result, of.expected().get(i));
      if (!wrong.isEmpty()) {
        return wrong;
      }
      if (!outputs.get(i).hasZeroLanes(bytes)) {
        return "leaves unused lanes of a block that are not zero";
      }
    }
    return strayed(bytes);
  }

  private static String wrong(Tensor result, Tensor expected) {
    boolean exact = expected.type() != ElementType.FLOAT32;
    double error = RelativeError.of(result, expected);
    if (error <= (exact ? 0 : TOLERANCE)) {
      return "";
    }
    long worst = 0;
    for (long i = 0; i < expected.shape().size(); i++) {
      if (difference(result, expected, i) > difference(result, expected, worst)) {
        worst = i;
      }
    }
    return "gives wrong values, such as "
        + result.doubleAt(worst)
        + " where "
        + expected.doubleAt(worst)
        + " is right";
  }

  private static double difference(Tensor result, Tensor expected, long i) {
    double y = result.doubleAt(i);
    double r = expected.doubleAt(i);
    boolean same = y == r || (Double.isNaN(y) && Double.isNaN(r));
    double difference = Math.abs(y - r);
    return same ? 0 : Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /** Whether something was written that is no result. */
  private String strayed(ByteBuffer after) {
    ByteBuffer was = before.bytes();
    int from = 0;
    for (CaseValue writable : writable()) {
      int at = mismatch(was, after, from, writable.begin());
      if (at >= 0) {
        return "writes where it must not, " + distance(at);
      }
      from = writable.end();
    }
    int at = mismatch(was, after, from, was.limit());
    return at < 0 ? "" : "writes where it must not, " + distance(at);
  }

  /** What a kernel may write, as it lies in the arena. */
  private List<CaseValue> writable() {
    return Stream.concat(outputs.stream(), scratch.stream())
        .sorted(Comparator.comparing(CaseValue::begin))
        .toList();
  }

  /** The first byte of a range that differs; negative if none does. */
  private static int mismatch(ByteBuffer a, ByteBuffer b, int from, int to) {
    int at =
        a.duplicate().position(from).limit(to).mismatch(b.duplicate().position(from).limit(to));
    return at < 0 ? at : from + at;
  }

  private String distance(int at) {
    CaseValue first = outputs.get(0);
    return at < first.begin()
        ? first.begin() - at + " bytes before its result"
        : at - first.end() + " bytes behind its result";
  }
}
