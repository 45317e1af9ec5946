package io.clarinet.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Expand;
import io.clarinet.op.Fill;
import io.clarinet.op.MatMul;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenBatchTest {
  private static final Conv2d CONV = new Conv2d(Window2d.square(3, 2, 1), 1, Epilogue.NONE);

  @Test
  void everyItemOfALargerBatchGetsTheAnswerThatItHadAlone() {
    Graph fixed = network(reshape(1, -1), Softmax.along(1));
    Graph open = OpenBatch.apply(fixed);
    Tensor batch = PassContract.random(5, 3, 2, 5, 5);
    float[] together = run(open, batch);
    for (int n = 0; n < 3; n++) {
      Tensor item = Tensor.zeros(Shape.of(1, 2, 5, 5));
      item.floats().put(batch.floats().slice(n * 50, 50));
      float[] alone = run(fixed, item);
      assertThat(java.util.Arrays.copyOfRange(together, n * 4, n * 4 + 4)).isEqualTo(alone);
    }
  }

  @Test
  void whatIsOpenAlreadyStaysTheSameObject() {
    Graph open = OpenBatch.apply(network(reshape(1, -1), Softmax.along(1)));
    assertThat(OpenBatch.apply(open)).isSameAs(open);
  }

  @Test
  void aReshapeThatMixesItemsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenBatch.apply(network(reshape(-1, 27), Softmax.along(1), 27)))
        .withMessageContaining("\"flat\"");
  }

  @Test
  void normalisingAcrossItemsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenBatch.apply(network(reshape(1, -1), Softmax.along(0))))
        .withMessageContaining("across the items");
  }

  @Test
  void reversingTheItemsIsRefused() {
    Slice.Range backwards = new Slice.Range(0, -1, Long.MIN_VALUE, -1);
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 1, 4);
    graph.add("y", new Slice(List.of(backwards)), "x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenBatch.apply(graph.output("y").build()))
        .withMessageContaining("across the items");
  }

  @Test
  void weightsAndShapesMayBeComputed() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 1, 3, 300);
    graph.constant("w", PassContract.random(1, 300, 300));
    graph.constant("token", PassContract.random(2, 1, 1, 300));
    graph.constant("one", Tensor.ofLongs(Shape.of(1), 1));
    graph.constant("width", Tensor.ofLongs(Shape.of(1), 300));
    graph.add("batch", new ShapeOf(0, 1), "x");
    graph.add("shape", new Concat(0), "batch", "one", "width");
    graph.add("tokens", new Expand(), "token", "shape");
    graph.add("some", new Fill(ElementType.FLOAT32, 2), "shape");
    graph.add("all", new Concat(1), "tokens", "x", "some");
    graph.add("turned", new Transpose(List.of(1, 0)), "w");
    graph.add("y", new MatMul(), "all", "turned");
    Graph open = OpenBatch.apply(graph.output("y").build());
    assertThat(run(open, PassContract.random(1, 2, 3, 300))).hasSize(2 * 5 * 300);
  }

  @Test
  void joiningAlongTheBatchIsRefused() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 1, 2, 5, 5);
    graph.add("y", new Concat(0), "x", "x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenBatch.apply(graph.output("y").build()))
        .withMessageContaining("not one result per item");
  }

  @Test
  void constantsOfTheSameExtentAreLeftAlone() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 1, 4);
    graph.constant("c", PassContract.random(3, 2, 2));
    graph.add("shift", reshape(1, 4), "c");
    graph.add("y", io.clarinet.op.Binary.ADD, "x", "shift");
    Graph open = OpenBatch.apply(graph.output("y").build());
    assertThat(run(open, PassContract.random(1, 3, 4))).hasSize(12);
  }

  private static Reshape reshape(long... extents) {
    List<Long> target = java.util.Arrays.stream(extents).boxed().toList();
    return new Reshape(new Reshape.Rule.To(target, false));
  }

  private static Graph network(Op reshape, Op last) {
    return network(reshape, last, 54);
  }

  private static Graph network(Op reshape, Op last, int features) {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 1, 2, 5, 5);
    graph.constant("w", PassContract.random(1, 6, 2, 3, 3));
    graph.constant("v", PassContract.random(2, features, 4));
    graph.add("conv", CONV, "x", "w");
    graph.add("flat", reshape, "conv");
    graph.add("dense", new Dense(false, Epilogue.NONE), "flat", "v");
    graph.add("y", last, "dense");
    return graph.output("y").build();
  }

  private static float[] run(Graph graph, Tensor x) {
    Graph concrete = graph.specialised(Map.of("x", x.shape()));
    return new ReferenceRunner(concrete).run(Map.of("x", x)).get("y").toFloatArray();
  }
}
