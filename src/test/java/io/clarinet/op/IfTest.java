package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class IfTest {
  private static final Constant YES = new Splat(ElementType.BOOL, Shape.of(), 1);
  private static final Constant NO = new Splat(ElementType.BOOL, Shape.of(1), 0);
  private static final Tensor ROW = Tensor.of(Shape.of(1, 2), -3, 4);
  private static final Tensor PAIR = Tensor.of(Shape.of(2), 5, -6);

  private static Branch branch(Op op) {
    Branch.Call call = new Branch.Call("f", op, List.of("a"), List.of("b"));
    return new Branch(List.of("a"), List.of(call), List.of("b"));
  }

  /** The same branch twice still reads a value of its own each time. */
  @Test
  void eachBranchHasArgumentsOfItsOwn() {
    Branch same = branch(Unary.RELU);
    If op = new If(same, same);
    assertThat(op.evaluate(List.of(YES.tensor(), ROW, PAIR)).get(0).toFloatArray())
        .containsExactly(0, 4);
    assertThat(op.evaluate(List.of(NO.tensor(), ROW, PAIR)).get(0).toFloatArray())
        .containsExactly(5, 0);
  }

  /** A branch that is not taken need not fit, as PyTorch's squeeze does not. */
  @Test
  void onlyTheBranchThatIsTakenMustFit() {
    Reshape squeeze = new Reshape(new Reshape.Rule.Squeeze(List.of(0)));
    If op = new If(branch(squeeze), branch(Reshape.IDENTITY));
    Fact pair = Fact.of(PAIR.shape());
    assertThat(op.infer(List.of(Fact.of(NO), pair, pair)).get(0).shape()).isEqualTo(Shape.of(2));
    assertThatThrownBy(() -> op.infer(List.of(Fact.of(YES), pair, pair)))
        .hasMessageContaining("axis 0 of 2 is not 1");
    Fact row = Fact.of(ROW.shape());
    assertThat(op.infer(List.of(Fact.of(YES), row, row)).get(0).shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void theConditionIsKnownBeforeAnythingRuns() {
    If op = new If(branch(Unary.RELU), branch(Unary.RELU));
    Fact x = Fact.of(PAIR.shape());
    assertThatThrownBy(() -> op.infer(List.of(Fact.of(ElementType.BOOL, Shape.of()), x, x)))
        .hasMessage("the condition must be a constant");
    assertThatThrownBy(() -> op.infer(List.of(Fact.of(PAIR), x, x)))
        .hasMessageContaining("is not one element");
  }

  @Test
  void aBranchThatIsRefusedSaysWhy() {
    If op = new If(Branch.refused("not supported: Loop"), branch(Unary.RELU));
    Fact x = Fact.of(PAIR.shape());
    assertThat(op.infer(List.of(Fact.of(NO), x))).hasSize(1);
    assertThatThrownBy(() -> op.infer(List.of(Fact.of(YES), x))).hasMessage("not supported: Loop");
  }
}
