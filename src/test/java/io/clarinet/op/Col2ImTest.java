package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class Col2ImTest {
  private static Tensor longs(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  @Test
  void blocksAddUpWhereTheyOverlap() {
    Tensor columns = Tensor.of(Shape.of(1, 2, 3), 1, 2, 3, 10, 20, 30);
    Col2Im op = new Col2Im(List.of(1), List.of(1), List.of(0, 0));
    assertThat(op.evaluate(List.of(columns, longs(4), longs(2))).get(0).toFloatArray())
        .containsExactly(1, 12, 23, 30);
  }

  @Test
  void whatLiesInThePaddingIsLost() {
    Tensor columns = Tensor.of(Shape.of(1, 4, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    Col2Im one = new Col2Im(List.of(1, 1), List.of(1, 1), List.of(0, 1, 0, 0));
    assertThat(one.evaluate(List.of(columns, longs(2, 2), longs(2, 2))).get(0).toFloatArray())
        .containsExactly(3 + 2, 4, 7 + 6, 8);
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    Col2Im op = new Col2Im(List.of(1), List.of(1), List.of(0, 0));
    Fact x = Fact.of(Shape.of(1, 3, 3));
    assertThatThrownBy(() -> op.infer(List.of(x, Fact.of(longs(4)), Fact.of(longs(2)))))
        .hasMessageContaining("of blocks of 2 elements");
    assertThatThrownBy(() -> op.infer(List.of(x, Fact.of(longs(4)), Fact.of(longs(3)))))
        .hasMessageContaining("1x3x3 for 2 blocks of 1x1x4");
  }
}
