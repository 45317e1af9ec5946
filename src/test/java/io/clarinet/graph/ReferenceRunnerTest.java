package io.clarinet.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.op.Binary;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceRunnerTest {
  private static Graph layer() {
    GraphBuilder builder = new GraphBuilder("layer");
    builder.input("x", Input.UNKNOWN, 2);
    builder.constant("w", Tensor.of(Shape.of(2, 1), 1, -1));
    builder.add("dense", new Dense(false, Epilogue.NONE), "x", "w");
    builder.add("relu", Unary.RELU, "dense");
    builder.add("sum", Binary.ADD, "relu", "dense");
    return builder.output("sum").output("w").build();
  }

  @Test
  void runsNodesInOrderForAnyBatch() {
    Map<String, Tensor> y =
        new ReferenceRunner(layer()).run(Map.of("x", Tensor.of(Shape.of(2, 2), 5, 1, 1, 5)));
    assertThat(y.keySet()).containsExactly("sum", "w");
    assertThat(y.get("sum").toFloatArray()).containsExactly(8, -4);
    assertThat(y.get("w").toFloatArray()).containsExactly(1, -1);
  }

  @Test
  void showsEveryValue() {
    List<String> seen = new ArrayList<>();
    new ReferenceRunner(layer())
        .run(Map.of("x", Tensor.of(Shape.of(1, 2), 1, 2)), (name, value) -> seen.add(name));
    assertThat(seen).containsExactlyInAnyOrder("x", "w", "dense", "relu", "sum");
  }

  @Test
  void refusesAMissingInput() {
    assertThatThrownBy(() -> new ReferenceRunner(layer()).run(Map.of()))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("x");
  }
}
