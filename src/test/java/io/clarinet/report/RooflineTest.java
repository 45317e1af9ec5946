package io.clarinet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import org.junit.jupiter.api.Test;

class RooflineTest {
  private static final double MUCH = 1e15;
  private static final Conv2d CONV = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);
  private static final double FLOPS = 2.0 * 8 * 16 * 9 * 10 * 10;

  @Test
  void aConvolutionBoundByArithmeticMultipliesAQuarterAsOften() {
    assertThat(floor(CONV, 1000, MUCH)).isCloseTo(FLOPS / 4 / 1000, within(1e-9));
  }

  @Test
  void aConvolutionBoundByMemoryReadsItsWeightsAsTheyAre() {
    double bytes = 4.0 * (16 * 8 * 9 + 8 * 100 + 16 * 100);
    assertThat(floor(CONV, MUCH, 1000)).isCloseTo(bytes / 1000, within(1e-9));
  }

  @Test
  void inBetweenASmallerTileMayBeBest() {
    // F(4×4) would read 4 times the weights, direct convolution multiply 2.25 times F(2×2)'s.
    double bytes = 4.0 * (16 * 8 * 16 + 8 * 100 + 16 * 100);
    double bandwidth = bytes;
    double peak = FLOPS * 16 / 36;
    assertThat(floor(CONV, peak, bandwidth)).isCloseTo(1, within(1e-9));
  }

  @Test
  void strideAndDilationKeepDirectConvolution() {
    Conv2d strided = new Conv2d(Window2d.square(3, 2, 1), 1, Epilogue.NONE);
    assertThat(floor(strided, 1000, MUCH)).isCloseTo(FLOPS / 4 / 1000, within(1e-9));
    Window2d dilated = new Window2d(3, 3, 1, 1, 2, 2, Padding.of(2, 2, 2, 2));
    Conv2d wide = new Conv2d(dilated, 1, Epilogue.NONE);
    assertThat(floor(wide, 1000, MUCH)).isCloseTo(FLOPS / 1000, within(1e-9));
  }

  @Test
  void aDenseLayerReadsItsWeightsOnce() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 2, 30);
    graph.constant("w", new Splat(ElementType.FLOAT32, Shape.of(30, 7), 1));
    graph.add("y", new Dense(false, Epilogue.NONE), "x", "w");
    double bytes = 4.0 * (30 * 7 + 2 * 30 + 2 * 7);
    assertThat(floor(graph.output("y").build(), MUCH, 1000)).isCloseTo(bytes / 1000, within(1e-9));
  }

  private static double floor(Op op, double peak, double bandwidth) {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 1, 8, 10, 10);
    graph.constant("w", new Splat(ElementType.FLOAT32, Shape.of(16, 8, 3, 3), 1));
    graph.add("y", op, "x", "w");
    return floor(graph.output("y").build(), peak, bandwidth);
  }

  private static double floor(Graph graph, double peak, double bandwidth) {
    DeviceProfile device = new TestProfile().speed(peak, bandwidth).make();
    Node node = graph.nodes().get(0);
    return Roofline.floor(node, graph, graph.facts())
        .seconds(device.speed().peakFlops(), device.speed().bandwidth());
  }
}
