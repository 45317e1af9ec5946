package io.clarinet.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchItemsTest {

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "squeezenet1.1", "googlenet", "alexnet", "vgg16_bn"})
  void knowsThatNetworksOfTheZooKeepItemsApart(String name) {
    Graph graph = Zoo.find(name).orElseThrow().graph(new SeededWeights(1));
    Shape shape = graph.inputs().get(0).shape(4);
    Graph lean = Passes.standard().apply(graph.specialised(Map.of("input", shape)));
    assertThat(BatchItems.areIndependent(lean, 4)).isTrue();
  }

  private static boolean independent(Op op, int inputs) {
    GraphBuilder builder = new GraphBuilder("one");
    String x = builder.input("x", 4, 3, 2, 2);
    String[] all = new String[inputs];
    java.util.Arrays.fill(all, x);
    return BatchItems.areIndependent(builder.output(builder.add("y", op, all)).build(), 4);
  }

  @Test
  void distrustsWhatLooksAcrossItems() {
    assertThat(independent(Unary.RELU, 1)).isTrue();
    assertThat(independent(Softmax.along(1), 1)).isTrue();
    assertThat(independent(Softmax.along(0), 1)).isFalse();
    assertThat(independent(Softmax.along(-4), 1)).isFalse();
    assertThat(independent(new Concat(1), 2)).isTrue();
    assertThat(independent(new Concat(0), 2)).isFalse();
  }

  private static boolean independent(Op op, List<Integer> x, List<Integer> y) {
    GraphBuilder builder = new GraphBuilder("two");
    String a = builder.input("a", x.toArray(new Integer[0]));
    String b = builder.input("b", y.toArray(new Integer[0]));
    return BatchItems.areIndependent(builder.output(builder.add("c", op, a, b)).build(), 2);
  }

  @Test
  void distrustsAFirstAxisThatOnlyHappensToBeAsLongAsTheBatch() {
    Conv2d conv = new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE);
    assertThat(independent(Binary.ADD, List.of(2, 3, 2, 2), List.of(2, 3, 2, 2))).isTrue();
    assertThat(independent(Binary.ADD, List.of(2, 3, 2, 2), List.of(2, 2))).isFalse();
    assertThat(independent(conv, List.of(2, 3, 4, 4), List.of(2, 3, 1, 1))).isFalse();
  }
}
