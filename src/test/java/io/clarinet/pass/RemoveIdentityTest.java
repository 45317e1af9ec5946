package io.clarinet.pass;

import static io.clarinet.pass.PassContract.operators;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import org.junit.jupiter.api.Test;

class RemoveIdentityTest {

  @Test
  void readersReadTheSource() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 3);
    graph.add("i", Reshape.IDENTITY, "x");
    graph.add("j", Reshape.IDENTITY, "i");
    graph.add("y", Unary.RELU, "j");
    assertThat(operators(new RemoveIdentity(), graph.output("y").build())).containsExactly("Unary");
  }

  @Test
  void leavesAGraphOutputAlone() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 3);
    graph.add("y", Unary.RELU, "x");
    graph.add("i", Reshape.IDENTITY, "y");
    assertThat(operators(new RemoveIdentity(), graph.output("i").build()))
        .containsExactly("Unary", "Reshape");
  }

  @Test
  void leavesARealReshapeAlone() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 3, 2, 2);
    graph.add("f", new Reshape(new Reshape.Rule.Flatten(1)), "x");
    graph.add("y", Unary.RELU, "f");
    assertThat(operators(new RemoveIdentity(), graph.output("y").build()))
        .containsExactly("Reshape", "Unary");
  }
}
