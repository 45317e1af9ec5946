package io.clarinet.pass;

import static io.clarinet.pass.PassContract.operators;
import static io.clarinet.pass.PassContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import org.junit.jupiter.api.Test;

class FuseResidualTest {
  private static final Conv2d CONV = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);

  @Test
  void addsTheShortcutWithinTheConvolution() {
    GraphBuilder graph = start();
    graph.add("c", CONV, "x", "w");
    graph.add("y", Binary.ADD, "c", "x");
    assertThat(operators(new FuseResidual(), graph.output("y").build())).containsExactly("Conv2d");
  }

  @Test
  void ofTwoConvolutionsOneTakesTheSum() {
    GraphBuilder graph = start();
    graph.add("a", CONV, "x", "w");
    graph.add("b", CONV, "x", "v");
    graph.add("y", Binary.ADD, "a", "b");
    assertThat(operators(new FuseResidual(), graph.output("y").build()))
        .containsExactly("Conv2d", "Conv2d");
  }

  @Test
  void leavesABroadcastAlone() {
    GraphBuilder graph = start();
    graph.constant("b", random(7, 4, 1, 1));
    graph.add("c", CONV, "x", "w");
    graph.add("y", Binary.ADD, "c", "b");
    assertThat(operators(new FuseResidual(), graph.output("y").build()))
        .containsExactly("Conv2d", "Binary");
  }

  @Test
  void leavesASumOfAValueWithItselfAlone() {
    GraphBuilder graph = start();
    graph.add("c", CONV, "x", "w");
    graph.add("y", Binary.ADD, "c", "c");
    assertThat(operators(new FuseResidual(), graph.output("y").build()))
        .containsExactly("Conv2d", "Binary");
  }

  @Test
  void leavesAConvolutionWithAnActivationAlone() {
    GraphBuilder graph = start();
    graph.add("c", CONV.with(Unary.RELU), "x", "w");
    graph.add("y", Binary.ADD, "c", "x");
    assertThat(operators(new FuseResidual(), graph.output("y").build()))
        .containsExactly("Conv2d", "Binary");
  }

  @Test
  void leavesADifferenceAlone() {
    GraphBuilder graph = start();
    graph.add("c", CONV, "x", "w");
    graph.add("y", new Binary(Binary.Kind.SUB, null), "c", "x");
    assertThat(operators(new FuseResidual(), graph.output("y").build()))
        .containsExactly("Conv2d", "Binary");
  }

  private static GraphBuilder start() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 4, 5, 5);
    graph.constant("w", random(1, 4, 4, 3, 3));
    graph.constant("v", random(2, 4, 4, 3, 3));
    return graph;
  }
}
