package io.clarinet.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Checks of a pass on small graphs: what it leaves, and that the meaning is kept. */
final class PassContract {
  private PassContract() {}

  /** Random weights around zero. */
  static Tensor random(long seed, int... dims) {
    Random random = new Random(seed);
    Shape shape = Shape.of(dims);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(shape, values);
  }

  /** Random values between a half and one and a half, as variances are. */
  static Tensor positive(long seed, int... dims) {
    Tensor tensor = random(seed, dims);
    for (long i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, 1 + tensor.doubleAt(i) / 2);
    }
    return tensor;
  }

  static void norm(GraphBuilder graph, String name, int channels) {
    graph.constant(name + ".scale", positive(name.hashCode(), channels));
    graph.constant(name + ".shift", random(name.hashCode() + 1L, channels));
    graph.constant(name + ".mean", random(name.hashCode() + 2L, channels));
    graph.constant(name + ".variance", positive(name.hashCode() + 3L, channels));
  }

  /** Applies the pass, checks that outputs stay the same, and gives the operators that remain. */
  static List<String> operators(Pass pass, Graph graph) {
    Graph before = concrete(graph);
    Graph after = pass.apply(before);
    assertSameOutputs(before, after);
    return after.nodes().stream().map(PassContract::describe).toList();
  }

  /** The graph for a batch of two. */
  static Graph concrete(Graph graph) {
    Map<String, Shape> shapes = new HashMap<>();
    graph.inputs().forEach(i -> shapes.put(i.name(), i.shape(2)));
    return graph.specialised(shapes);
  }

  private static String describe(Node node) {
    return node.op().name();
  }

  private static void assertSameOutputs(Graph before, Graph after) {
    Map<String, Tensor> inputs = new HashMap<>();
    before.inputs().forEach(i -> inputs.put(i.name(), random(99, i.shape(1).dims())));
    Map<String, Tensor> expected = new ReferenceRunner(before).run(inputs);
    Map<String, Tensor> actual = new ReferenceRunner(after).run(inputs);
    for (String output : before.outputs()) {
      float[] want = expected.get(output).toFloatArray();
      float[] have = actual.get(output).toFloatArray();
      assertThat(have).hasSameSizeAs(want);
      for (int i = 0; i < want.length; i++) {
        assertThat(have[i]).isCloseTo(want[i], org.assertj.core.data.Offset.offset(2e-6f));
      }
    }
  }
}
