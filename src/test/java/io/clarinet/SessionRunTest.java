package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.op.ArgMax;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs into the caller's tensors, and shapes prepared ahead. */
@RequiresOpenCl
class SessionRunTest {

  /** Probabilities and the best class, of as many rows as come. */
  private static Model model() {
    GraphBuilder builder = new GraphBuilder("net");
    builder.input("x", Input.UNKNOWN, 5);
    builder.add("y", Softmax.along(1), "x");
    builder.add("best", new ArgMax(1, false, false, false), "y");
    return Model.of(builder.output("y").output("best").build());
  }

  private static Tensor wrapped(IntFunction<ByteBuffer> memory, ElementType type, int... dims) {
    Shape shape = Shape.of(dims);
    ByteBuffer bytes = memory.apply((int) shape.size() * type.bytes());
    return Tensor.wrap(type, shape, bytes.order(ByteOrder.nativeOrder()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void resultsFillTheCallersTensors(String device) {
    try (Session session = model().open(Device.find(device))) {
      for (IntFunction<ByteBuffer> memory :
          List.<IntFunction<ByteBuffer>>of(ByteBuffer::allocate, ByteBuffer::allocateDirect)) {
        Tensor y = wrapped(memory, ElementType.FLOAT32, 3, 5);
        Tensor best = wrapped(memory, ElementType.INT64, 3);
        for (int round = 0; round < 2; round++) {
          Tensor x = wrapped(memory, ElementType.FLOAT32, 3, 5);
          x.floats().put(TestTensors.random(Fresh.random(), 3, 5).floats());
          x.set(5 * round + 2, 9.0);
          for (int i = 0; i < 15; i++) {
            y.set(i, Double.NaN);
          }
          session.run(List.of(x), List.of(y, best));
          List<Tensor> expected = session.run(List.of(x));
          assertThat(y.bytes()).isEqualTo(expected.get(0).bytes());
          assertThat(best.bytes()).isEqualTo(expected.get(1).bytes());
          assertThat(best.longAt(round)).isEqualTo(2);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void tensorsThatDoNotFitAreRefusedAndLeftAlone(String device) {
    Tensor x = Tensor.zeros(Shape.of(3, 5));
    Tensor y = Tensor.zeros(Shape.of(3, 5));
    Tensor best = Tensor.zeros(ElementType.INT64, Shape.of(3));
    y.set(0, 42.0);
    try (Session session = model().open(Device.find(device))) {
      refused(session, x, "2 outputs are needed, got 1", y);
      refused(session, x, "2 outputs are needed, got 3", y, best, best);
      refused(session, x, "output \"best\" was planned as INT64 3, got FLOAT32 3x5", y, y);
      refused(
          session,
          x,
          "output \"y\" was planned as FLOAT32 3x5, got FLOAT32 5x3",
          y.reshaped(Shape.of(5, 3)),
          best);
    }
    assertThat(y.doubleAt(0)).isEqualTo(42);
  }

  private static void refused(Session session, Tensor x, String message, Tensor... outputs) {
    assertThatThrownBy(() -> session.run(List.of(x), List.of(outputs)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void aPreparedShapeIsPlannedAndRunsAtOnce(String device) {
    try (Session session = model().open(Device.find(device))) {
      session.prepare(Shape.of(3, 5));
      session.prepare(Shape.of(7, 5));
      assertThat(session.plans().made()).isEqualTo(2);
      session.run(Tensor.zeros(Shape.of(7, 5)));
      session.run(Tensor.zeros(Shape.of(3, 5)));
      session.prepare(Shape.of(3, 5));
      assertThat(session.plans().made()).isEqualTo(2);
    }
  }

  @Test
  void whatCannotBePreparedIsSaid() {
    try (Session session = model().open(Device.cpu())) {
      for (List<Shape> shapes :
          List.of(List.<Shape>of(), List.of(Shape.of(1, 5), Shape.of(1, 5)))) {
        assertThatThrownBy(() -> session.prepare(shapes.toArray(Shape[]::new)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("net has inputs [x: FLOAT32 ?x5], got " + shapes.size());
        assertThatThrownBy(() -> session.explain(shapes))
            .hasMessage("net has inputs [x: FLOAT32 ?x5], got " + shapes.size());
      }
      assertThatThrownBy(() -> session.prepare(Shape.of(1, 6)))
          .hasMessage("input x: FLOAT32 ?x5 does not accept 1x6");
    }
    GraphBuilder builder = new GraphBuilder("net");
    builder.input("x", 2, 3);
    builder.input(new Input("extents", ElementType.INT64, List.of(2)));
    builder.add("y", new Reshape(new Reshape.Rule.ToInput(false)), "x", "extents");
    try (Session session = Model.of(builder.output("y").build()).open(Device.cpu())) {
      assertThatThrownBy(() -> session.prepare(Shape.of(2, 3), Shape.of(2)))
          .hasMessage(
              "preparing needs the values of inputs [extents], which decide shapes; run instead");
    }
  }
}
