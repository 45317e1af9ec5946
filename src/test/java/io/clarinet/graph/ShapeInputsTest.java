package io.clarinet.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeInputsTest {
  private static Graph reshaped() {
    GraphBuilder builder = new GraphBuilder("reshaped");
    builder.input("x", 2, 3);
    builder.input(new Input("shape", ElementType.INT64, List.of(1)));
    builder.add("relu", Unary.RELU, "x");
    builder.add("y", new Reshape(new Reshape.Rule.ToInput(false)), "relu", "shape");
    return builder.output("y").build();
  }

  @Test
  void findsWhatDecidesAShape() {
    assertThat(ShapeInputs.of(reshaped())).containsExactly("shape");
  }

  @Test
  void onceItIsBoundTheShapeFollows() {
    Graph bound = reshaped().bound(Map.of("shape", Tensor.ofLongs(Shape.of(1), 6)));
    assertThat(ShapeInputs.of(bound)).isEmpty();
    assertThat(bound.inputs()).hasSize(1);
    assertThat(bound.facts().get("y").shape()).isEqualTo(Shape.of(6));
  }
}
