package io.clarinet.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.pass.SplitBatch.Level;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitBatchTest {
  private final Random random = Fresh.random();

  /** Branches that are joined, a residual, a picture read twice, and an output in the middle. */
  private Graph network(int batch) {
    GraphBuilder b = new GraphBuilder("net");
    b.input("x", batch, 3, 9, 7);
    b.constant("w1", weights(16, 3, 3, 3));
    b.add(
        "stem", new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE.with(Unary.RELU)), "x", "w1");
    b.constant("w2", weights(32, 16, 1, 1));
    b.constant("w3", weights(16, 16, 3, 3));
    b.add("left", new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE), "stem", "w2");
    b.add("right", new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE), "stem", "w3");
    b.add("both", new Concat(1), "left", "right");
    b.add("pool", Pool2d.max(Window2d.square(2, 2, 0)), "both");
    b.constant("w4", weights(48, 48, 3, 3));
    Conv2d residual = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE.withResidual());
    b.add("sum", residual, "pool", "w4", "pool");
    b.add("mean", GlobalPool2d.AVERAGE, "sum");
    b.add("flat", new Reshape(new Reshape.Rule.Flatten(1)), "mean");
    b.constant("w5", weights(10, 48));
    b.add("fc", new Dense(true, Epilogue.NONE), "flat", "w5");
    b.add("y", Softmax.along(1), "fc");
    return b.output("y").output("both").build();
  }

  /** Weights of a size that keeps values about 1 up to the softmax. */
  private Tensor weights(int outputs, int... inputs) {
    Tensor weights =
        TestTensors.random(
            random, IntStream.concat(IntStream.of(outputs), IntStream.of(inputs)).toArray());
    double scale = 1 / Math.sqrt(weights.shape().size() / (double) outputs);
    for (int i = 0; i < weights.shape().size(); i++) {
      weights.set(i, scale * weights.doubleAt(i));
    }
    return weights;
  }

  @Test
  void namesThatPartsWouldGetMayBeTaken() {
    GraphBuilder b = new GraphBuilder("net");
    b.input("x", 6, 4);
    b.add("y", Unary.RELU, "x");
    b.add("y[0:3]", new Unary(Unary.Kind.NEG, 0, 0), "y");
    b.add("z", Unary.RELU, "y[0:3]");
    Graph graph = b.output("z").build();
    Graph parts = new SplitBatch(6, List.of(new Level(3, 2), new Level(6, 3))).apply(graph);
    assertThat(parts.nodes()).hasSizeGreaterThan(graph.nodes().size());
    Map<String, Tensor> x = Map.of("x", TestTensors.random(random, 6, 4));
    assertThat(new ReferenceRunner(parts).run(x).get("z").toFloatArray())
        .isEqualTo(new ReferenceRunner(graph).run(x).get("z").toFloatArray());
  }

  static List<List<Level>> levels() {
    return List.of(
        List.of(new Level(1, 1), new Level(6, 10)),
        List.of(new Level(2, 4), new Level(6, 10)),
        List.of(new Level(1, 4), new Level(3, 6), new Level(6, 8)),
        List.of(new Level(3, 10), new Level(6, 10)),
        List.of(new Level(1, 5), new Level(2, 7), new Level(6, 10)));
  }

  private static SplitBatch split(Graph graph, List<Level> levels) {
    List<Level> whole = new ArrayList<>(levels.subList(0, levels.size() - 1));
    whole.add(new Level(6, graph.nodes().size()));
    return new SplitBatch(6, whole);
  }

  @ParameterizedTest
  @MethodSource("levels")
  void meansTheSame(List<Level> levels) {
    Graph graph = network(6);
    Graph split = split(graph, levels).apply(graph);
    assertThat(split.nodes()).hasSizeGreaterThan(graph.nodes().size());
    Map<String, Tensor> inputs = Map.of("x", TestTensors.random(random, 6, 3, 9, 7));
    Map<String, Tensor> expected = new ReferenceRunner(graph).run(inputs);
    Map<String, Tensor> found = new ReferenceRunner(split).run(inputs);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(TestTensors.relativeError(found.get(name), value)).as(name).isZero());
  }

  @Test
  void namesPartsByTheirItems() {
    Graph graph = network(6);
    Graph split = split(graph, List.of(new Level(2, 1), new Level(6, 10))).apply(graph);
    assertThat(split.nodes().stream().map(node -> node.name()).toList())
        .startsWith(
            "x[0:2]",
            "stem[0:2]",
            "x[2:4]",
            "stem[2:4]",
            "x[4:6]",
            "stem[4:6]",
            "stem:items",
            "left");
  }

  @Test
  void dealsPartsOutToStrands() {
    Graph graph = network(6);
    int nodes = graph.nodes().size();
    List<Level> levels = List.of(new Level(1, 2), new Level(3, nodes), new Level(6, nodes));
    Graph split = new SplitBatch(6, levels, 2).apply(graph);
    assertThat(split.nodes()).anyMatch(node -> node.name().equals("stem[2:3]"));
    for (Node node : split.nodes()) {
      Node.Part part = node.part();
      assertThat(node.strand())
          .as(node.name())
          .isEqualTo(part == null ? Node.Strand.ONLY : new Node.Strand(part.first() / 3, 2));
    }
  }

  @Test
  void refusesStrandsThatPartsDoNotMakeUp() {
    List<Level> thirds = List.of(new Level(2, 3), new Level(6, 3));
    assertThat(new SplitBatch(6, thirds, 3).strands()).isEqualTo(3);
    assertThatThrownBy(() -> new SplitBatch(6, thirds, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strands");
    assertThatThrownBy(() -> new SplitBatch(6, List.of(new Level(6, 3)), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strands");
  }

  @Test
  void refusesPartsThatDoNotDivideEachOther() {
    assertThatThrownBy(() -> new SplitBatch(6, List.of(new Level(4, 1), new Level(6, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("divide");
    assertThatThrownBy(() -> new SplitBatch(6, List.of(new Level(3, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch");
  }

  @Nested
  @RequiresOpenCl
  class OnDevice {
    @ParameterizedTest
    @MethodSource("io.clarinet.pass.SplitBatchTest#levels")
    void runsOnADeviceWithoutCopies(List<Level> levels) {
      Graph graph = network(6);
      OpenClBackend backend = TestDevice.poisoned();
      Plan plan =
          new Planner(OpenClKernels.table())
              .plan(split(graph, levels).apply(graph), backend.profile());
      assertThat(plan.steps()).noneMatch(this::copies);
      Tensor x = TestTensors.random(random, 6, 3, 9, 7);
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

    private boolean copies(Step step) {
      return step.kernel().startsWith("slice") || step.kernel().startsWith("concat");
    }
  }
}
