package io.clarinet.pass;

import static io.clarinet.pass.PassContract.concrete;
import static io.clarinet.pass.PassContract.operators;
import static io.clarinet.pass.PassContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {

  @Test
  void computesWhatIsKnownAndKeepsWhatIsNot() {
    GraphBuilder graph = start();
    graph.add("b", Unary.RELU, "a");
    graph.add("y", Binary.ADD, "x", "b");
    assertThat(operators(new FoldConstants(), graph.output("y").build())).containsExactly("Binary");
  }

  @Test
  void aFoldedConstantIsTheSameObjectEachTime() {
    GraphBuilder graph = start();
    graph.add("b", Unary.RELU, "a");
    graph.add("y", Binary.ADD, "x", "b");
    Graph built = concrete(graph.output("y").build());
    FoldConstants pass = new FoldConstants();
    assertThat(pass.apply(built).constants().get("b"))
        .isSameAs(pass.apply(built).constants().get("b"));
  }

  @Test
  void leavesWhatWouldUnfoldToMoreThanAMegabyte() {
    GraphBuilder graph = start();
    graph.constant("big", new Splat(ElementType.FLOAT32, Shape.of(1, 3, 1024, 1024), 0.5));
    graph.add("b", Unary.RELU, "big");
    graph.add("y", Unary.RELU, "x");
    graph.output("b");
    Graph after = new FoldConstants().apply(concrete(graph.output("y").build()));
    assertThat(after.nodes()).hasSize(2);
  }

  private static GraphBuilder start() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 3, 2, 2);
    graph.constant("a", random(1, 3, 1, 1));
    return graph;
  }
}
