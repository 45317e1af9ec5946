package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupNormTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 2, 2), 1, 3, 5, 7);

  @Test
  void normalisesEveryChannelByItself() {
    Tensor scale = Tensor.of(Shape.of(2), 1, 10);
    Tensor shift = Tensor.of(Shape.of(2), 0, 5);
    Tensor y = new GroupNorm(0, 0).evaluate(List.of(X, scale, shift)).get(0);
    assertThat(y.toFloatArray()).containsExactly(-1, 1, -5, 15);
  }

  @Test
  void normalisesGroupsWithAFactorAGroup() {
    Tensor scale = Tensor.of(Shape.of(1), (float) Math.sqrt(5));
    Tensor shift = Tensor.of(Shape.of(1), 1);
    Tensor y = new GroupNorm(1, 0).evaluate(List.of(X, scale, shift)).get(0);
    assertThat(y.toFloatArray()).containsExactly(new float[] {-2, 0, 2, 4}, within(1e-6f));
  }

  @Test
  void refusesGroupsThatDoNotFit() {
    Fact two = Fact.of(Shape.of(2));
    assertThatThrownBy(() -> new GroupNorm(3, 0).infer(List.of(Fact.of(X), two, two)))
        .hasMessageContaining("3 groups");
  }
}
