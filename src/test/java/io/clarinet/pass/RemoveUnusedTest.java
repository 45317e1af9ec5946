package io.clarinet.pass;

import static io.clarinet.pass.PassContract.concrete;
import static io.clarinet.pass.PassContract.operators;
import static io.clarinet.pass.PassContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import org.junit.jupiter.api.Test;

class RemoveUnusedTest {

  @Test
  void dropsWhatNoOutputDependsOn() {
    GraphBuilder graph = start();
    graph.add("side", Binary.ADD, "x", "a");
    graph.add("more", Unary.RELU, "side");
    graph.add("y", Unary.RELU, "x");
    Graph built = graph.output("y").build();
    assertThat(operators(new RemoveUnused(), built)).containsExactly("Unary");
    assertThat(new RemoveUnused().apply(concrete(built)).constants()).isEmpty();
  }

  @Test
  void returnsTheSameGraphWhereAllIsUsed() {
    GraphBuilder graph = start();
    graph.add("y", Binary.ADD, "x", "a");
    Graph built = concrete(graph.output("y").build());
    assertThat(new RemoveUnused().apply(built)).isSameAs(built);
  }

  private static GraphBuilder start() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 3);
    graph.constant("a", random(1, 3));
    return graph;
  }
}
