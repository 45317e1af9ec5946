package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.Gather;
import io.clarinet.op.GatherElements;
import io.clarinet.op.GatherNd;
import io.clarinet.op.MaxUnpool;
import io.clarinet.op.Op;
import io.clarinet.op.Padding;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Scatter;
import io.clarinet.op.WindowNd;
import io.clarinet.plan.StepException;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks whose indices are inputs, or made while they run. */
@RequiresOpenCl
class IndicesAtRunTest {
  private static final List<String> DEVICES = List.of("cpu", "opencl");

  /** An operator on a constant and inputs like these. */
  private static Model model(Op op, List<Tensor> inputs) {
    GraphBuilder builder = new GraphBuilder("net");
    List<String> names = new ArrayList<>();
    names.add(builder.constant("x", TestTensors.random(new Random(3), 3, 4)));
    for (Tensor input : inputs) {
      List<Integer> dims = Arrays.stream(input.shape().dims()).boxed().toList();
      names.add(builder.input(new Input("in" + names.size(), input.type(), dims)));
    }
    builder.add("node", op, names.toArray(String[]::new));
    return Model.of(builder.output("node").build());
  }

  static Stream<Arguments> operators() {
    Tensor pairs = Tensor.ofLongs(Shape.of(2, 2), 1, -3, 0, 3);
    Tensor rows = Tensor.ofLongs(Shape.of(2, 1), -1, 0);
    Tensor four = TestTensors.random(new Random(4), 2, 2);
    Scatter.Form along = new Scatter.Form.Elements(1);
    return Stream.of(
        arguments(new Gather(1), List.of(pairs)),
        arguments(new GatherElements(1), List.of(pairs)),
        arguments(new GatherNd(0), List.of(rows)),
        arguments(new Scatter(along, Scatter.Join.REPLACE), List.of(pairs, four)),
        arguments(
            new Scatter(new Scatter.Form.Slices(), Scatter.Join.ADD),
            List.of(rows, TestTensors.random(new Random(5), 2, 4))));
  }

  /** As the reference has it, and an index outside is told with node and model, on every device. */
  @ParameterizedTest
  @MethodSource("operators")
  void everyDeviceTakesAndRefusesTheSame(Op op, List<Tensor> inputs) {
    Model model = model(op, inputs);
    int extent = inputs.get(0).shape().dim(1) == 1 ? 3 : 4;
    List<Tensor> wrong = new ArrayList<>(inputs);
    Tensor outside = Tensor.zeros(ElementType.INT64, inputs.get(0).shape());
    outside.set(1, extent + 5L);
    wrong.set(0, outside);
    String message = "net: node \"node\" (" + op.name() + "): index ";
    List<float[]> answers = new ArrayList<>();
    for (String device : DEVICES) {
      try (Session session = model.open(Device.find(device))) {
        answers.add(session.run(inputs).get(0).toFloatArray());
        requireOnDevice(session, inputs.stream().map(Tensor::shape).toList());
        assertThatThrownBy(() -> session.run(wrong))
            .isInstanceOf(StepException.class)
            .hasMessage(message + (extent + 5) + " is outside of " + extent);
        assertThat(session.run(inputs).get(0).toFloatArray()).isEqualTo(answers.get(0));
      }
    }
    List<Tensor> all = new ArrayList<>(List.of(TestTensors.random(new Random(3), 3, 4)));
    all.addAll(inputs);
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(0)).isEqualTo(op.evaluate(all).get(0).toFloatArray());
  }

  private static void requireOnDevice(Session session, List<Shape> shapes) {
    assertThat(session.explain(shapes).steps()).noneMatch(step -> step.where().equals("host"));
  }

  @Test
  void maximaAreUnpooledWithoutAStepOnTheHost() {
    WindowNd halves =
        new WindowNd(
            List.of(2, 2),
            List.of(2, 2),
            List.of(1, 1),
            Padding.Rule.EXPLICIT,
            List.of(0, 0, 0, 0));
    GraphBuilder builder = new GraphBuilder("net");
    String x = builder.input("x", Input.UNKNOWN, 3, 6, 8);
    PoolNd pool = new PoolNd(PoolNd.Kind.MAX, halves, false, false, 2, PoolNd.Indices.ROW_MAJOR);
    builder.add(new Node("pool", pool, List.of(x), List.of("most", "at")));
    builder.add("y", new MaxUnpool(halves), "most", "at");
    Model model = Model.of(builder.output("y").output("at").build());
    Tensor pixels = TestTensors.random(Fresh.random(), 2, 3, 6, 8);
    List<Tensor> pooled = pool.evaluate(List.of(pixels));
    float[] expected = new MaxUnpool(halves).evaluate(pooled).get(0).toFloatArray();
    for (String device : DEVICES) {
      try (Session session = model.open(Device.find(device))) {
        List<Tensor> y = session.run(List.of(pixels));
        assertThat(y.get(0).toFloatArray()).isEqualTo(expected);
        assertThat(y.get(1).toLongArray()).isEqualTo(pooled.get(1).toLongArray());
        requireOnDevice(session, List.of(pixels.shape()));
      }
    }
  }
}
