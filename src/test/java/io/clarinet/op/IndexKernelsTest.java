package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenCL kernels that go by indices which are known only at a run, on the shared cases. */
@RequiresOpenCl
class IndexKernelsTest {
  private final Random random = Fresh.random();

  static List<IndexProblem.Named> cases() {
    return IndexProblem.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreeWithTheReference(IndexProblem.Named c) {
    IndexProblem problem = IndexProblem.of(c, random);
    OperatorContract contract = OperatorContract.of(problem.op());
    problem.inputs().forEach(contract::input);
    assertThat(contract.check()).containsExactly(problem.kernel());
  }

  private Tensor indices(int extent, int... dims) {
    Tensor indices = Tensor.zeros(ElementType.INT64, Shape.of(dims));
    for (long i = 0; i < indices.shape().size(); i++) {
      indices.set(i, (long) random.nextInt(-extent, extent));
    }
    return indices;
  }

  private void requireExact(Op op, Tensor... inputs) {
    OperatorContract contract = OperatorContract.of(op).tolerance(0);
    for (Tensor input : inputs) {
      contract.input(input);
    }
    contract.check();
  }

  /** Of every rank, a scalar index, batches of tuples, and each axis. */
  @Test
  void everyFormOfIndices() {
    Tensor x = TestTensors.random(random, 3, 5, 4, 2);
    requireExact(new Gather(0), x, indices(3));
    requireExact(new Gather(-1), x, indices(2, 2, 3));
    requireExact(new GatherNd(1), x, indices(4, 3, 2, 2));
    requireExact(new GatherNd(2), x, indices(4, 3, 5, 1));
    requireExact(new GatherNd(0), x, indices(2, 6, 4));
    for (int axis = 0; axis < 4; axis++) {
      Tensor indices = indices(x.shape().dim(axis), 2, 3, 4, 1);
      Scatter op = new Scatter(new Scatter.Form.Elements(axis), Scatter.Join.REPLACE);
      requireExact(new GatherElements(axis), x, indices);
      requireExact(op, x, indices, TestTensors.random(random, 2, 3, 4, 1));
    }
    Scatter rows = new Scatter(new Scatter.Form.Slices(), Scatter.Join.REPLACE);
    requireExact(rows, x, indices(3, 2, 1), TestTensors.random(random, 2, 5, 4, 2));
    requireExact(rows, x, indices(3, 1), TestTensors.random(random, 5, 4, 2));
    requireExact(rows, x, indices(2, 7, 4), TestTensors.random(random, 7));
  }
}
