package io.clarinet.pass;

import static io.clarinet.pass.PassContract.norm;
import static io.clarinet.pass.PassContract.operators;
import static io.clarinet.pass.PassContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import org.junit.jupiter.api.Test;

class FuseActivationTest {
  private static final Conv2d CONV = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);

  @Test
  void becomesPartOfWhatItFollows() {
    GraphBuilder graph = start();
    graph.add("c", CONV, "x", "w");
    graph.add("r", Unary.RELU, "c");
    graph.add("n", new BatchNorm(1e-5f, null), "r", "n.scale", "n.shift", "n.mean", "n.variance");
    graph.add("t", new Unary(Unary.Kind.TANH, 0, 0), "n");
    graph.add("s", Binary.ADD, "t", "x");
    graph.add("y", Unary.RELU, "s");
    assertThat(operators(new FuseActivation(), graph.output("y").build()))
        .containsExactly("Conv2d", "BatchNorm", "Binary");
  }

  @Test
  void leavesASecondActivationAlone() {
    GraphBuilder graph = start();
    graph.add("c", CONV, "x", "w");
    graph.add("r", Unary.RELU, "c");
    graph.add("y", new Unary(Unary.Kind.SIGMOID, 0, 0), "r");
    assertThat(operators(new FuseActivation(), graph.output("y").build()))
        .containsExactly("Conv2d", "Unary");
  }

  @Test
  void leavesAValueAloneThatIsAlsoAnOutput() {
    GraphBuilder graph = start();
    graph.add("c", CONV, "x", "w");
    graph.add("y", Unary.RELU, "c");
    assertThat(operators(new FuseActivation(), graph.output("c").output("y").build()))
        .containsExactly("Conv2d", "Unary");
  }

  private static GraphBuilder start() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 4, 5, 5);
    graph.constant("w", random(1, 4, 4, 3, 3));
    norm(graph, "n", 4);
    return graph;
  }
}
