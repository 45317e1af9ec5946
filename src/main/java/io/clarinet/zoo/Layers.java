package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.Weights.Init;

/** Builds graphs layer by layer, each layer taking its weights by torchvision's names. */
final class Layers {
  private static final float EPSILON = 1e-5f;
  private final GraphBuilder graph;
  private final Weights weights;

  Layers(String name, Weights weights) {
    this.graph = new GraphBuilder(name);
    this.weights = weights;
  }

  /** Declares the picture input, batch open. */
  String input(int channels, int height, int width) {
    return graph.input("input", Input.UNKNOWN, channels, height, width);
  }

  /** A convolution without bias. */
  String conv(String name, String x, int in, int out, Window2d window) {
    return conv(name, x, in, out, window, 1, false);
  }

  String conv(String name, String x, int in, int out, Window2d window, int groups, boolean bias) {
    Shape shape = Shape.of(out, in / groups, window.kernelH(), window.kernelW());
    String w = weight(name + ".weight", shape, Init.he(shape.size(1, 4)));
    Epilogue epilogue = bias ? Epilogue.BIAS : Epilogue.NONE;
    Conv2d op = new Conv2d(window, groups, epilogue);
    return bias ? graph.add(name, op, x, w, bias(name, out)) : graph.add(name, op, x, w);
  }

  /** Batch normalisation. */
  String norm(String name, String x, int channels) {
    return norm(name, x, channels, 1);
  }

  /** Batch normalisation whose untrained scale is around {@code scale}. */
  String norm(String name, String x, int channels, double scale) {
    Shape shape = Shape.of(channels);
    return graph.add(
        name,
        new BatchNorm(EPSILON, null),
        x,
        weight(name + ".weight", shape, Init.scale(scale)),
        weight(name + ".bias", shape, Init.symmetric(0.1 * scale)),
        weight(name + ".running_mean", shape, Init.symmetric(0.1).untrainable()),
        weight(name + ".running_var", shape, Init.scale(1).untrainable()));
  }

  String relu(String name, String x) {
    return graph.add(name, Unary.RELU, x);
  }

  String sum(String name, String a, String b) {
    return graph.add(name, Binary.ADD, a, b);
  }

  String apply(String name, Op op, String... inputs) {
    return graph.add(name, op, inputs);
  }

  String averageOverPixels(String name, String x) {
    return graph.add(name, GlobalPool2d.AVERAGE, x);
  }

  String flatten(String name, String x) {
    return graph.add(name, new Reshape(new Reshape.Rule.Flatten(1)), x);
  }

  /** A fully connected layer with bias; weights [out, in]. */
  String dense(String name, String x, int in, int out) {
    String w = weight(name + ".weight", Shape.of(out, in), Init.he(in));
    return graph.add(name, new Dense(true, Epilogue.BIAS), x, w, bias(name, out));
  }

  private String bias(String name, int out) {
    return weight(name + ".bias", Shape.of(out), Init.symmetric(0.05));
  }

  private String weight(String name, Shape shape, Init init) {
    return graph.constant(name, weights.get(name, shape, init));
  }

  Graph build(String output) {
    return graph.output(output).build();
  }
}
