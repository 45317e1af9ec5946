package io.clarinet.kernel.jvm;

import io.clarinet.Case;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.jvm.JvmContract.Known;
import io.clarinet.op.Concat;
import io.clarinet.op.Pad;
import io.clarinet.op.SamplingProblem;
import io.clarinet.op.Slice;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel that only moves elements against the reference, over the shared cases. */
class JvmMovesTest extends JvmCases {
  static List<Case> concat() {
    return Case.of("concat");
  }

  @ParameterizedTest
  @MethodSource
  void concat(Case c) {
    int[] channels =
        Arrays.stream(c.text("channels").split(",")).mapToInt(Integer::parseInt).toArray();
    Tensor[] parts =
        IntStream.of(channels)
            .mapToObj(k -> input(c, c.integer("n"), k, c.integer("h"), c.integer("w")))
            .toArray(Tensor[]::new);
    JvmContract.check(
        new Concat(1), parts[0], (Object[]) Arrays.copyOfRange(parts, 1, parts.length));
  }

  @Test
  void concatAlongOtherAxes() {
    for (int axis = 0; axis < 4; axis++) {
      int[] dims = {2, 3, 5, 7};
      Tensor a = random(dims);
      dims[axis] = 4;
      JvmContract.check(new Concat(axis), a, random(dims), random(2, 3, 5, 7));
    }
  }

  static List<Case> pad() {
    return Case.of("pad");
  }

  @ParameterizedTest
  @MethodSource
  void pad(Case c) {
    List<Integer> around =
        Stream.of("c_begin", "top", "left")
            .map(c::integer)
            .collect(ArrayList::new, List::add, List::addAll);
    around.add(0, 0);
    around.add(0);
    Stream.of("c_end", "bottom", "right").map(c::integer).forEach(around::add);
    Pad.Mode mode = Pad.Mode.valueOf(c.text("mode").toUpperCase(Locale.ROOT));
    JvmContract.check(new Pad(mode, around, Float.parseFloat(c.text("value"))), image(c));
  }

  @Test
  void padAsInputsSay() {
    Tensor pads = Tensor.ofLongs(Shape.of(6), 1, 0, -1, 2, 3, 0);
    Pad op = new Pad(Pad.Mode.CONSTANT, List.of(), 0);
    Tensor value = Tensor.of(Shape.of(), 2.5f);
    JvmContract.check(op, random(3, 4, 5), new Known(pads), new Known(value));
  }

  static List<Case> slice() {
    return Case.of("slice");
  }

  @ParameterizedTest
  @MethodSource
  void slice(Case c) {
    List<Slice.Range> ranges = new ArrayList<>();
    String[] axes = {"c", "h", "w"};
    for (int i = 0; i < axes.length; i++) {
      int start = c.integer(axes[i] + "0");
      int step = c.integer("d" + axes[i]);
      int end = start + step * c.integer(axes[i] + "_count");
      ranges.add(new Slice.Range(i + 1, start, end < 0 ? Long.MIN_VALUE : end, step));
    }
    JvmContract.check(new Slice(ranges), image(c));
  }

  static List<Case> transpose() {
    return Case.of("transpose");
  }

  @ParameterizedTest
  @MethodSource
  void transpose(Case c) {
    List<Integer> order = Arrays.stream(c.text("order").split(",")).map(Integer::valueOf).toList();
    JvmContract.check(new Transpose(order), input(c, dims(c.text("shape"))));
  }

  static List<Case> reorder() {
    return Case.of("reorder");
  }

  @ParameterizedTest
  @MethodSource
  void reorder(Case c) {
    Tensor x = image(c);
    for (int block : new int[] {4, 8, 16}) {
      JvmContract.reorder(Layout.PLAIN, Layout.blocked(block), x);
      JvmContract.reorder(Layout.blocked(block), Layout.PLAIN, x);
    }
  }

  static List<SamplingProblem.Named> sampling() {
    return SamplingProblem.cases();
  }

  @ParameterizedTest
  @MethodSource
  void sampling(SamplingProblem.Named c) {
    SamplingProblem problem = SamplingProblem.of(c, random);
    List<Object> others = new ArrayList<>(problem.inputs().subList(1, problem.inputs().size()));
    problem.known().forEach(known -> others.add(new Known(known)));
    JvmContract.check(problem.op(), problem.inputs().get(0), others.toArray());
  }
}
