package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestProfile;
import io.clarinet.TestTensors;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.kernel.Work;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DenseTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 2), 1, 2);

  @Test
  void multipliesByTheWeights() {
    Tensor w = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertThat(new Dense(false, Epilogue.NONE).evaluate(List.of(X, w)).get(0).toFloatArray())
        .containsExactly(9, 12, 15);
  }

  @Test
  void transposedWeightsBiasResidualActivation() {
    Tensor w = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    Tensor bias = Tensor.of(Shape.of(3), -6, -6, -6);
    Tensor residual = Tensor.of(Shape.of(1, 3), 0, 0, 100);
    Dense op = new Dense(true, Epilogue.BIAS.withResidual().with(Unary.RELU));
    assertThat(op.evaluate(List.of(X, w, bias, residual)).get(0).toFloatArray())
        .containsExactly(0, 5, 111);
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                new Dense(true, Epilogue.NONE).infer(List.of(Fact.of(X), Fact.of(Shape.of(2, 3)))))
        .hasMessageContaining("do not fit");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {

    static List<Case> cases() {
      return Case.of("dense");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      for (boolean transposed : new boolean[] {false, true}) {
        contract(c, transposed, ElementType.FLOAT32).check();
      }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWhereWeightsAreStoredAsHalf(Case c) {
      contract(c, true, ElementType.FLOAT16).check();
    }

    @Test
    void longSumsOfFewOutputsAreShared() {
      Random random = Fresh.random();
      Tensor x = TestTensors.random(random, 3, 1 << 14);
      Tensor weights = TestTensors.random(random, 1 << 14, 10);
      OperatorContract.of(new Dense(false, Epilogue.NONE)).input(x).constant(weights).check();
      DeviceProfile device = TestDevice.poisoned().profile();
      List<Fact> inputs = List.of(Fact.of(x.shape()), Fact.of(weights));
      Dense op = new Dense(false, Epilogue.NONE);
      Offer offer = OpenClKernels.table().of(op).get(0).offer(inputs, op.infer(inputs), device);
      assertThat(((Work.Launches) ((Offer.Accept) offer).work()).launches()).hasSize(2);
    }
  }

  @Test
  void weightsThatAreNotConstantAreDeclined() {
    Dense op = new Dense(false, Epilogue.NONE);
    List<Fact> inputs = List.of(Fact.of(Shape.of(1, 2)), Fact.of(Shape.of(2, 3)));
    DeviceProfile any = new TestProfile().make();
    assertThat(OpenClKernels.table().of(op).get(0).offer(inputs, op.infer(inputs), any))
        .isInstanceOfSatisfying(
            Offer.Decline.class, d -> assertThat(d.reason()).contains("must be constants"));
  }

  private static OperatorContract contract(Case c, boolean transposed, ElementType weightType) {
    Random random = Fresh.random();
    int k = c.integer("k");
    int outputs = c.integer("outputs");
    Tensor x = TestTensors.random(random, c.integer("rows"), k);
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    Tensor weights =
        transposed
            ? TestTensors.random(random, outputs, k)
            : TestTensors.random(random, k, outputs);
    Epilogue epilogue = new Epilogue(c.flag("bias"), c.flag("residual"), activation(c));
    OperatorContract contract =
        OperatorContract.of(new Dense(transposed, epilogue))
            .input(x)
            .constant(weights.as(weightType));
    if (c.flag("bias")) {
      contract.constant(TestTensors.random(random, outputs));
    }
    return c.flag("residual")
        ? contract.input(TestTensors.random(random, c.integer("rows"), outputs))
        : contract;
  }

  private static @Nullable Unary activation(Case c) {
    return switch (c.text("activation")) {
      case "none" -> null;
      case "relu" -> Unary.RELU;
      case "relu6" -> new Unary(Unary.Kind.CLIP, 0, 6);
      case "clip" -> new Unary(Unary.Kind.CLIP, 0.125f, 0.75f);
      default -> throw new IllegalArgumentException(c.text("activation"));
    };
  }
}
