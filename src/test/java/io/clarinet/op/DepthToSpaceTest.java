package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepthToSpaceTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 8, 1, 1), 0, 1, 2, 3, 4, 5, 6, 7);

  @Test
  void spreadsChannelsInEitherOrder() {
    assertThat(new DepthToSpace(2, false).evaluate(List.of(X)).get(0).toFloatArray())
        .containsExactly(0, 2, 4, 6, 1, 3, 5, 7);
    assertThat(new DepthToSpace(2, true).evaluate(List.of(X)).get(0).toFloatArray())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void spaceToDepthUndoesIt() {
    Tensor spread = new DepthToSpace(2, false).evaluate(List.of(X)).get(0);
    assertThat(new SpaceToDepth(2).evaluate(List.of(spread)).get(0).toFloatArray())
        .containsExactly(X.toFloatArray());
  }

  @Test
  void refuseBlocksThatDoNotFit() {
    assertThatThrownBy(() -> new DepthToSpace(3, true).infer(List.of(Fact.of(X))))
        .hasMessageContaining("blocks of 3");
    assertThatThrownBy(() -> new SpaceToDepth(2).infer(List.of(Fact.of(X))))
        .hasMessageContaining("blocks of 2");
  }
}
