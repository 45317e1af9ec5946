package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans are made once for what they are for, and the oldest give way. */
class SessionPlansTest {

  @Test
  void onePlanAShapeOfWhichTheLastFourAreKept() {
    GraphBuilder builder = new GraphBuilder("open");
    builder.input(new Input("x", ElementType.FLOAT32, List.of(Input.UNKNOWN)));
    builder.add("y", Unary.RELU, "x");
    try (Session session = Model.of(builder.output("y").build()).open(Device.cpu())) {
      session.run(Tensor.of(Shape.of(2), 1, -1));
      session.run(Tensor.of(Shape.of(3), 1, 2, 3));
      session.run(Tensor.of(Shape.of(2), -3, 4));
      assertThat(session.plans()).isEqualTo(2);
      for (int extent = 4; extent < 9; extent++) {
        session.run(Tensor.zeros(Shape.of(extent)));
      }
      assertThat(session.plans()).isEqualTo(4);
      assertThat(session.run(Tensor.of(Shape.of(2), -3, 4)).toFloatArray()).containsExactly(0, 4);
    }
  }

  @Test
  void onePlanAValueThatDecidesAShape() {
    GraphBuilder builder = new GraphBuilder("reshaped");
    builder.input("x", 2, 3);
    builder.input(new Input("shape", ElementType.INT64, List.of(1)));
    builder.add("relu", Unary.RELU, "x");
    builder.add("y", new Reshape(new Reshape.Rule.ToInput(false)), "relu", "shape");
    Tensor x = Tensor.of(Shape.of(2, 3), 1, -2, 3, -4, 5, -6);
    try (Session session = Model.of(builder.output("y").build()).open(Device.cpu())) {
      for (int i = 0; i < 2; i++) {
        Tensor y = session.run(List.of(x, Tensor.ofLongs(Shape.of(1), 6))).get(0);
        assertThat(y.toFloatArray()).containsExactly(1, 0, 3, 0, 5, 0);
      }
      session.run(List.of(x, Tensor.ofLongs(Shape.of(1), -1)));
      assertThat(session.plans()).isEqualTo(2);
      assertThatThrownBy(() -> session.explain(List.of(x.shape(), Shape.of(1))))
          .hasMessageContaining("needs the values of inputs [shape]");
    }
  }
}
