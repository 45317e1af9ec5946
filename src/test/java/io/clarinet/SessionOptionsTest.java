package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import io.clarinet.tensor.HalfFloat;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresOpenCl
class SessionOptionsTest {
  private static final SessionOptions HALF =
      SessionOptions.EXACT.withWeights(SessionOptions.Weights.FP16);
  private static final Tensor WEIGHTS = random(1, 70, 301);
  private static final Tensor X = random(2, 3, 70);

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void halfWeightsGiveWhatRoundedWeightsGive(String device) {
    Tensor rounded = Tensor.zeros(WEIGHTS.shape());
    for (int i = 0; i < WEIGHTS.shape().size(); i++) {
      rounded.set(i, HalfFloat.toFloat(HalfFloat.fromFloat(WEIGHTS.floats().get(i))));
    }
    float[] half = run(device, WEIGHTS, HALF);
    assertThat(TestTensors.relativeError(half, run(device, rounded, SessionOptions.EXACT)))
        .isLessThan(1e-6);
    double cost = TestTensors.relativeError(half, run(device, WEIGHTS, SessionOptions.EXACT));
    assertThat(cost).isBetween(1e-6, 1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void nothingIsRoundedUnlessAsked(String device) {
    try (Session session = Model.of(graph(WEIGHTS)).open(Device.find(device))) {
      float[] output = session.run(X).toFloatArray();
      assertThat(output).isEqualTo(run(device, WEIGHTS, SessionOptions.EXACT));
    }
  }

  @org.junit.jupiter.api.Test
  void halfWeightsTakeHalfTheMemoryOfADevice() {
    assertThat(weightsBytes(HALF)).isLessThan(weightsBytes(SessionOptions.EXACT) * 6 / 10);
  }

  private static long weightsBytes(SessionOptions options) {
    try (Session session = Model.of(graph(WEIGHTS)).open(Device.find("opencl"), options)) {
      return session.explain(List.of(X.shape())).weightsBytes();
    }
  }

  private static float[] run(String device, Tensor weights, SessionOptions options) {
    try (Session session = Model.of(graph(weights)).open(Device.find(device), options)) {
      return session.run(X).toFloatArray();
    }
  }

  private static Graph graph(Tensor weights) {
    GraphBuilder graph = new GraphBuilder("dense");
    graph.input("x", -1, 70);
    graph.constant("w", weights);
    graph.add("dense", new Dense(false, Epilogue.NONE), "x", "w");
    graph.add("y", Unary.RELU, "dense");
    return graph.output("y").build();
  }

  private static Tensor random(long seed, int... dims) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (long i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }
}
