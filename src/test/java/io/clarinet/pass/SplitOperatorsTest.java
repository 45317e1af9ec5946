package io.clarinet.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestTensors;
import io.clarinet.backend.Executable;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.ArgMax;
import io.clarinet.op.Binary;
import io.clarinet.op.Compare;
import io.clarinet.op.Concat;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Gather;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.MatMul;
import io.clarinet.op.Pad;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.Split;
import io.clarinet.op.Tile;
import io.clarinet.op.TopK;
import io.clarinet.op.Transpose;
import io.clarinet.op.Where;
import io.clarinet.pass.SplitBatch.Level;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches in parts through operators that move elements, normalise, reduce and choose. */
class SplitOperatorsTest {
  private static final int BATCH = 6;
  private final Random random = Fresh.random();

  /** Compared and searched values come from the input unchanged: no rounding decides. */
  private Graph network() {
    GraphBuilder b = new GraphBuilder("net");
    b.input("x", BATCH, 4, 5, 7);
    b.constant("four", TestTensors.random(random, 4));
    b.add("group", new GroupNorm(2, 1e-3f), "x", "four", "four");
    b.add("padded", new Pad(Pad.Mode.REFLECT, List.of(0, 0, 0, 1, 0, 0, 1, 0), 0), "group");
    b.add("deep", new SpaceToDepth(2), "padded");
    b.add("wide", new DepthToSpace(2, false), "deep");
    b.add(
        "cut",
        new Slice(List.of(new Slice.Range(2, 0, 5, 1), new Slice.Range(3, 1, 8, 1))),
        "wide");
    b.constant("order", Tensor.ofLongs(Shape.of(4), 2, 0, -1, 1));
    b.add("shuffled", new Gather(1), "cut", "order");
    b.add("last", new Transpose(List.of(0, 2, 3, 1)), "shuffled");
    b.add("layer", new LayerNorm(-1, 1e-3f), "last", "four", "four");
    b.constant("w", TestTensors.random(random, 4, 3));
    b.add("product", new MatMul(), "layer", "w");
    b.constant("repeats", Tensor.ofLongs(Shape.of(4), 1, 1, 1, 2));
    b.add("twice", new Tile(), "product", "repeats");
    b.add(new Node("halves", new Split(3, 2), List.of("twice"), List.of("left", "right")));
    b.constant("zero", Tensor.of(Shape.of(), 0));
    b.add("some", new Slice(List.of(new Slice.Range(1, 1, 4, 1))), "x");
    b.add("moved", new Transpose(List.of(0, 2, 3, 1)), "some");
    b.add("positive", new Compare(Compare.Relation.GREATER), "moved", "zero");
    b.add("chosen", new Where(), "positive", "left", "right");
    b.add("mean", new Reduce(Reduce.Kind.MEAN, List.of(1, 2), false, false), "chosen");
    b.add("both", new Concat(-1), "mean", "mean");
    b.add("sum", Binary.ADD, "both", "both");
    b.add(new Node("top", new TopK(1, true, 2), List.of("sum"), List.of("best", "places")));
    b.add("flat", new Reshape(new Reshape.Rule.Flatten(1)), "chosen");
    b.add("first", new ArgMax(-1, false, false, false), "moved");
    b.add("total", new Reduce(Reduce.Kind.SUM, List.of(1), false, false), "flat");
    return b.output("best").output("first").output("total").build();
  }

  private Graph split(Graph graph, int front) {
    int back = graph.nodes().size();
    return new SplitBatch(
            BATCH, List.of(new Level(1, front / 2), new Level(2, front), new Level(BATCH, back)))
        .apply(graph);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 9, 14, 19, 22})
  void meansTheSame(int front) {
    Graph graph = network();
    assertThat(BatchItems.areIndependent(graph, BATCH)).isTrue();
    Map<String, Tensor> inputs = Map.of("x", TestTensors.random(random, BATCH, 4, 5, 7));
    Map<String, Tensor> found = new ReferenceRunner(split(graph, front)).run(inputs);
    new ReferenceRunner(graph)
        .run(inputs)
        .forEach((name, y) -> assertThat(found.get(name).bytes()).as(name).isEqualTo(y.bytes()));
  }

  @Nested
  @RequiresOpenCl
  class OnDevice {

    @ParameterizedTest
    @ValueSource(ints = {9, 22})
    void agreesWithTheReference(int front) {
      Graph graph = network();
      OpenClBackend backend = TestDevice.poisoned();
      Plan plan = new Planner(OpenClKernels.table()).plan(split(graph, front), backend.profile());
      Tensor x = TestTensors.random(random, BATCH, 4, 5, 7);
      List<Tensor> found = new ArrayList<>();
      plan.outputs().forEach(o -> found.add(Tensor.zeros(o.place().type(), o.place().shape())));
      try (Executable executable = backend.load(plan)) {
        executable.run(List.of(x), found);
      }
      Map<String, Tensor> expected = new ReferenceRunner(graph).run(Map.of("x", x));
      for (int i = 0; i < found.size(); i++) {
        Tensor reference = expected.get(graph.outputs().get(i));
        assertThat(TestTensors.relativeError(found.get(i), reference)).isLessThan(1e-5);
      }
    }
  }
}
