package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.kernel.jvm.JvmContract.Known;
import io.clarinet.op.CumSum;
import io.clarinet.op.Gather;
import io.clarinet.op.GatherElements;
import io.clarinet.op.GatherNd;
import io.clarinet.op.IndexProblem;
import io.clarinet.op.OneHot;
import io.clarinet.op.Reduce;
import io.clarinet.op.Scatter;
import io.clarinet.op.Trilu;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JVM's kernels that go by indices, or along an axis, by their operators' references. */
class JvmIndicesTest {
  private static Tensor indices(int least, int below, int... dims) {
    Tensor indices = Tensor.zeros(ElementType.INT64, Shape.of(dims));
    Random random = Fresh.random();
    for (long i = 0; i < indices.shape().size(); i++) {
      indices.set(i, (long) random.nextInt(least, below));
    }
    return indices;
  }

  private static Known known(Tensor value) {
    return new Known(value);
  }

  @Test
  void picksByKnownIndices() {
    Tensor x = TestTensors.random(Fresh.random(), 3, 5, 7);
    assertThat(JvmContract.check(new Gather(1), x, known(indices(-5, 5, 2, 3))))
        .containsExactly("pick");
    JvmContract.check(new Gather(0), x, known(indices(-3, 3)));
    JvmContract.check(new GatherElements(1), x, known(indices(-5, 5, 2, 9, 7)));
    JvmContract.check(new GatherNd(1), x, known(indices(-5, 5, 3, 4, 1)));
    JvmContract.check(new Trilu(false), x, known(Tensor.ofLongs(Shape.of(), 1)));
  }

  @ParameterizedTest
  @EnumSource
  void scatter(Scatter.Join join) {
    Tensor x = TestTensors.random(Fresh.random(), 3, 5, 7);
    Scatter elements = new Scatter(new Scatter.Form.Elements(2), join);
    Tensor updates = TestTensors.random(Fresh.random(), 2, 5, 9);
    assertThat(JvmContract.check(elements, x, known(indices(-7, 7, 2, 5, 9)), updates))
        .containsExactly("scatter");
    Scatter slices = new Scatter(new Scatter.Form.Slices(), join);
    Tensor rows = TestTensors.random(Fresh.random(), 6, 7);
    JvmContract.check(slices, x, known(indices(-3, 3, 6, 2)), rows);
  }

  static List<IndexProblem.Named> cases() {
    return IndexProblem.cases();
  }

  /** By indices that are known only at a run. */
  @ParameterizedTest
  @MethodSource("cases")
  void readsIndices(IndexProblem.Named c) {
    IndexProblem problem = IndexProblem.of(c, Fresh.random());
    List<Tensor> inputs = problem.inputs();
    Object[] others = inputs.subList(1, inputs.size()).toArray();
    assertThat(JvmContract.check(problem.op(), inputs.get(0), others))
        .containsExactly(problem.kernel());
  }

  /** Updates of one slice, whose first axis is an axis of x. */
  @Test
  void readsTheIndicesOfOneSlice() {
    Tensor x = TestTensors.random(Fresh.random(), 3, 5, 4);
    Tensor updates = TestTensors.random(Fresh.random(), 5, 4);
    Scatter rows = new Scatter(new Scatter.Form.Slices(), Scatter.Join.ADD);
    JvmContract.check(rows, x, indices(-3, 3, 1), updates);
    JvmContract.check(new Gather(0), x, indices(-3, 3));
    JvmContract.check(new GatherNd(1), x, indices(-5, 5, 3, 2, 1));
  }

  @Test
  void runningSums() {
    Tensor x = TestTensors.random(Fresh.random(), 3, 5, 7);
    for (int axis = 0; axis < 3; axis++) {
      CumSum op = new CumSum(axis > 0, axis > 1);
      Tensor along = Tensor.ofLongs(Shape.of(), axis);
      assertThat(JvmContract.check(op, x, known(along))).containsExactly("cumsum");
    }
  }

  @Test
  void marksAtIndices() {
    Tensor x = Tensor.of(Shape.of(2, 3), 0, 1, -1, 4, -5, 2.5f);
    Tensor values = TestTensors.random(Fresh.random(), 2);
    for (int axis = 0; axis < 3; axis++) {
      Known depth = known(Tensor.ofLongs(Shape.of(), 4));
      assertThat(JvmContract.check(new OneHot(axis), x, depth, values)).containsExactly("one_hot");
    }
  }

  @ParameterizedTest
  @EnumSource
  void reduction(Reduce.Kind kind) {
    Tensor x = TestTensors.random(Fresh.random(), 3, 5, 2, 7);
    List<List<Integer>> some =
        List.of(List.of(), List.of(0), List.of(1, 3), List.of(0, -2), List.of(2, 3));
    for (List<Integer> axes : some) {
      boolean keep = axes.size() == 2;
      assertThat(JvmContract.check(new Reduce(kind, axes, keep, false), x))
          .containsExactly("reduce");
    }
    JvmContract.check(new Reduce(kind, List.of(), true, true), x);
    Known axis = known(Tensor.ofLongs(Shape.of(1), -1));
    JvmContract.check(new Reduce(kind, List.of(), false, false), x, axis);
  }
}
