package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.pass.Passes;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchPartsTest {

  private static DeviceProfile device(DeviceProfile.Kind kind, long cacheBytes) {
    return new DeviceProfile("test", kind, 16, 2, 1, 1, 1, 1, 1, 1e9, 1e9, cacheBytes, 0, Map.of());
  }

  @Test
  void takesHalvesAsLongAsAnItemGetsCheaper() {
    DeviceProfile cpu = device(DeviceProfile.Kind.CPU, 1000);
    assertThat(BatchParts.size(8, cpu, items -> items > 2 ? items * items : 2 * items + 1))
        .isEqualTo(2);
    assertThat(BatchParts.size(6, cpu, items -> items * items)).isEqualTo(3);
    assertThat(BatchParts.size(8, cpu, items -> 10 + items)).isEqualTo(8);
  }

  @Test
  void leavesABatchWholeWhereCachesAreUnknownOrNoMatter() {
    assertThat(BatchParts.size(8, device(DeviceProfile.Kind.CPU, 0), n -> n * n)).isEqualTo(8);
    assertThat(BatchParts.size(8, device(DeviceProfile.Kind.GPU, 1000), n -> n * n)).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "squeezenet1.1", "googlenet", "alexnet", "vgg16_bn"})
  void knowsThatNetworksOfTheZooKeepItemsApart(String name) {
    Graph graph = Zoo.find(name).orElseThrow().graph(new SeededWeights(1));
    Shape shape = graph.inputs().get(0).shape(4);
    Graph lean = Passes.standard().apply(graph.specialised(Map.of("input", shape)));
    assertThat(BatchParts.areIndependent(lean, 4)).isTrue();
  }

  private static boolean independent(Op op, int inputs) {
    GraphBuilder builder = new GraphBuilder("one");
    String x = builder.input("x", 4, 3, 2, 2);
    String[] all = new String[inputs];
    java.util.Arrays.fill(all, x);
    return BatchParts.areIndependent(builder.output(builder.add("y", op, all)).build(), 4);
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
    return BatchParts.areIndependent(builder.output(builder.add("c", op, a, b)).build(), 2);
  }

  @Test
  void distrustsAFirstAxisThatOnlyHappensToBeAsLongAsTheBatch() {
    Conv2d conv = new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE);
    assertThat(independent(Binary.ADD, List.of(2, 3, 2, 2), List.of(2, 3, 2, 2))).isTrue();
    assertThat(independent(Binary.ADD, List.of(2, 3, 2, 2), List.of(2, 2))).isFalse();
    assertThat(independent(conv, List.of(2, 3, 4, 4), List.of(2, 3, 1, 1))).isFalse();
  }

  @Test
  void partsComeTogetherInOrder() {
    Tensor x = Tensor.of(Shape.of(6, 2), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    List<Tensor> sums =
        BatchParts.run(
            List.of(x),
            2,
            part -> {
              Tensor t = part.get(0);
              assertThat(t.shape()).isEqualTo(Shape.of(2, 2));
              return List.of(
                  Tensor.of(
                      Shape.of(2, 1),
                      t.floats().get(0) + t.floats().get(1),
                      t.floats().get(2) + t.floats().get(3)));
            });
    assertThat(sums).hasSize(1);
    assertThat(sums.get(0).shape()).isEqualTo(Shape.of(6, 1));
    assertThat(sums.get(0).toFloatArray()).containsExactly(1, 5, 9, 13, 17, 21);
  }
}
