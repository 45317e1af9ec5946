package io.clarinet.pass;

import static io.clarinet.pass.PassContract.concrete;
import static io.clarinet.pass.PassContract.norm;
import static io.clarinet.pass.PassContract.operators;
import static io.clarinet.pass.PassContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldBatchNormTest {
  private static final BatchNorm NORM = new BatchNorm(1e-3f, null);

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "2, true"})
  void foldsIntoTheConvolutionBefore(int groups, boolean bias) {
    GraphBuilder graph = convolution(groups, bias);
    graph.add("y", NORM, "c", "n.scale", "n.shift", "n.mean", "n.variance");
    assertThat(operators(new FoldBatchNorm(), graph.output("y").build())).containsExactly("Conv2d");
  }

  @Test
  void keepsTheIdentityOfFoldedWeightsFromOneUseToTheNext() {
    GraphBuilder graph = convolution(1, false);
    graph.add("y", NORM, "c", "n.scale", "n.shift", "n.mean", "n.variance");
    Graph built = concrete(graph.output("y").build());
    FoldBatchNorm pass = new FoldBatchNorm();
    assertThat(pass.apply(built).constants().get("y:weights"))
        .isSameAs(pass.apply(built).constants().get("y:weights"));
  }

  @Test
  void leavesAConvolutionAloneThatSomethingElseReads() {
    GraphBuilder graph = convolution(1, false);
    graph.add("y", NORM, "c", "n.scale", "n.shift", "n.mean", "n.variance");
    graph.add("z", Binary.ADD, "c", "y");
    assertThat(operators(new FoldBatchNorm(), graph.output("z").build()))
        .containsExactly("Conv2d", "BatchNorm", "Binary");
  }

  @Test
  void keepsAValueThatIsNamedAsItNamesItsOwn() {
    GraphBuilder graph = convolution(1, false);
    graph.constant("y:bias", random(6, 1, 6, 1, 1));
    graph.add("y", NORM, "c", "n.scale", "n.shift", "n.mean", "n.variance");
    graph.add("z", Binary.ADD, "y", "y:bias");
    assertThat(operators(new FoldBatchNorm(), graph.output("z").build()))
        .containsExactly("Conv2d", "Binary");
  }

  @Test
  void leavesAnActivationBetweenAlone() {
    GraphBuilder graph = convolution(1, false);
    graph.add("r", Unary.RELU, "c");
    graph.add("y", NORM, "r", "n.scale", "n.shift", "n.mean", "n.variance");
    Graph fused = new FuseActivation().apply(concrete(graph.output("y").build()));
    assertThat(operators(new FoldBatchNorm(), fused)).containsExactly("Conv2d", "BatchNorm");
  }

  @Test
  void leavesABatchNormAfterAnAdditionAlone() {
    GraphBuilder graph = convolution(1, false);
    graph.constant("b", random(5, 1, 6, 5, 5));
    graph.add("s", Binary.ADD, "c", "b");
    graph.add("y", NORM, "s", "n.scale", "n.shift", "n.mean", "n.variance");
    assertThat(operators(new FoldBatchNorm(), graph.output("y").build()))
        .containsExactly("Conv2d", "Binary", "BatchNorm");
  }

  private static GraphBuilder convolution(int groups, boolean bias) {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 4, 5, 5);
    graph.constant("w", random(1, 6, 4 / groups, 3, 3));
    graph.constant("bias", random(2, 6));
    norm(graph, "n", 6);
    Conv2d conv =
        new Conv2d(Window2d.square(3, 1, 1), groups, bias ? Epilogue.BIAS : Epilogue.NONE);
    if (bias) {
      graph.add("c", conv, "x", "w", "bias");
    } else {
      graph.add("c", conv, "x", "w");
    }
    return graph;
  }
}
