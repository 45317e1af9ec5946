package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import io.clarinet.tensor.UnknownValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeOfTest {

  @Test
  void isKnownBeforeAnythingRuns() {
    Fact x = Fact.of(Shape.of(2, 3, 5));
    assertThat(ShapeOf.ALL.infer(List.of(x)).get(0).required("it").toLongArray())
        .containsExactly(2, 3, 5);
    assertThat(new ShapeOf(-2, 9).infer(List.of(x)).get(0).required("it").toLongArray())
        .containsExactly(3, 5);
  }

  @Test
  void fillNeedsItsShapeAndStaysASplat() {
    Fact shape = Fact.of(Tensor.ofLongs(Shape.of(2), 30000, 30000));
    Fact filled = new Fill(ElementType.FLOAT32, 2).infer(List.of(shape)).get(0);
    assertThat(filled.constant())
        .isEqualTo(new Splat(ElementType.FLOAT32, Shape.of(30000, 30000), 2));
    Fact unknown = Fact.of(ElementType.INT64, Shape.of(2));
    assertThatThrownBy(() -> new Fill(ElementType.FLOAT32, 2).infer(List.of(unknown)))
        .isInstanceOf(UnknownValueException.class);
  }

  @Test
  void castCutsFractions() {
    Tensor x = Tensor.of(Shape.of(2), 2.9f, -2.9f);
    assertThat(new Cast(ElementType.INT64).evaluate(List.of(x)).get(0).toLongArray())
        .containsExactly(2, -2);
  }
}
