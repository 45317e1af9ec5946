package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans are made once for what they are for. */
@RequiresOpenCl
class SessionPlansTest {

  private static Graph shrinking() {
    GraphBuilder builder = new GraphBuilder("shrinking");
    builder.input(new Input("x", ElementType.FLOAT32, List.of(1, 3, Input.UNKNOWN, Input.UNKNOWN)));
    builder.constant("w", TestTensors.random(new Random(1), 20, 3, 3, 3));
    builder.add("conv", new Conv2d(Window2d.square(3, 2, 1), 1, Epilogue.NONE), "x", "w");
    builder.add("y", Unary.RELU, "conv");
    return builder.output("y").build();
  }

  private static List<Tensor> pictures() {
    Random random = Fresh.random();
    return IntStream.range(0, 7)
        .mapToObj(i -> TestTensors.random(random, 1, 3, 9 + 4 * i, 31 - 2 * i))
        .toList();
  }

  /** Seven shapes in turn by three threads: all right, and none planned twice. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void shapesTakeTurnsOnSharedPlans(String device) throws Exception {
    List<Tensor> pictures = pictures();
    ExecutorService callers = Executors.newFixedThreadPool(3);
    try (Session session = Model.of(shrinking()).open(Device.find(device))) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < 3; caller++) {
        int first = caller;
        all.add(
            callers.submit(
                () -> {
                  for (int i = 0; i < 21; i++) {
                    assertRight(session, pictures.get((first + i) % pictures.size()));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get(2, TimeUnit.MINUTES);
      }
      assertThat(session.plans().made()).isEqualTo(pictures.size());
    } finally {
      callers.shutdown();
    }
  }

  private static void assertRight(Session session, Tensor picture) {
    Graph graph = shrinking().specialised(Map.of("x", picture.shape()));
    Tensor expected =
        new ReferenceRunner(graph).run(Map.of("x", picture)).values().iterator().next();
    assertThat(TestTensors.relativeError(session.run(picture), expected)).isLessThan(1e-5);
  }

  @Test
  void fewerPlansAreKeptInLessMemory() {
    List<Tensor> pictures = pictures();
    SessionOptions little = SessionOptions.EXACT.withPlanMemory(1);
    try (Session session = Model.of(shrinking()).open(Device.cpu(), little)) {
      for (int i = 0; i < 10; i++) {
        assertRight(session, pictures.get(i % pictures.size()));
        assertThat(session.plans().count()).isEqualTo(1);
      }
      assertThat(session.plans().made()).isEqualTo(10);
    }
    assertThatThrownBy(() -> SessionOptions.EXACT.withPlanMemory(-1)).hasMessageContaining("-1");
  }

  @Test
  void onePlanAValueThatDecidesAShape() {
    GraphBuilder builder = new GraphBuilder("reshaped");
    builder.input("x", 2, 3);
    builder.input(new Input("shape", ElementType.INT64, List.of(1)));
    builder.add("relu", Unary.RELU, "x");
    builder.add("y", new Reshape(new Reshape.Rule.ToInput(false)), "relu", "shape");
    Tensor x = Tensor.of(Shape.of(2, 3), 1, -2, 3, -4, 5, -6);
    try (Session session = Model.of(builder.output("y").build()).open(Device.cpu())) {
      for (int i = 0; i < 2; i++) {
        Tensor y = session.run(List.of(x, Tensor.ofLongs(Shape.of(1), 6))).get(0);
        assertThat(y.toFloatArray()).containsExactly(1, 0, 3, 0, 5, 0);
      }
      session.run(List.of(x, Tensor.ofLongs(Shape.of(1), -1)));
      assertThat(session.plans().count()).isEqualTo(2);
      assertThatThrownBy(() -> session.explain(List.of(x.shape(), Shape.of(1))))
          .hasMessageContaining("needs the values of inputs [shape]");
    }
  }
}
