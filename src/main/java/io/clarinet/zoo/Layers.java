package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Split;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.Weights.Init;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Builds graphs layer by layer; a layer takes its weights by its own name and their role, such as
 * {@code conv1.weight}, and infers its input's extents.
 */
class Layers {
  private static final float EPSILON = 1e-5f;
  private final GraphBuilder graph;
  private final Weights weights;
  private final float epsilon;
  private final Map<String, Fact> facts = new HashMap<>();

  Layers(String name, Weights weights) {
    this(name, weights, EPSILON);
  }

  /** Layers whose batch norms add {@code epsilon} to the variance. */
  Layers(String name, Weights weights, float epsilon) {
    this.graph = new GraphBuilder(name);
    this.weights = weights;
    this.epsilon = epsilon;
  }

  /** Declares the picture input of channels, height and width, batch open. */
  String input(List<Integer> picture) {
    Shape one = Shape.of(1, picture.get(0), picture.get(1), picture.get(2));
    facts.put("input", Fact.of(one));
    return graph.input("input", Input.UNKNOWN, picture.get(0), picture.get(1), picture.get(2));
  }

  /** The shape of a value for one picture. */
  Shape shape(String value) {
    return Objects.requireNonNull(facts.get(value), value).shape();
  }

  int channels(String value) {
    return shape(value).c();
  }

  /** A convolution without bias. */
  String conv(String name, String x, int out, Window2d window) {
    return conv(name, x, out, window, 1, false);
  }

  /** A convolution with bias. */
  String convWithBias(String name, String x, int out, Window2d window) {
    return conv(name, x, out, window, 1, true);
  }

  String conv(String name, String x, int out, Window2d window, int groups, boolean bias) {
    long fanIn = (long) channels(x) / groups * window.kernelH() * window.kernelW();
    return conv(name, x, out, window, groups, bias, Init.he(fanIn));
  }

  private String conv(
      String name, String x, int out, Window2d window, int groups, boolean bias, Init init) {
    Shape shape = Shape.of(out, channels(x) / groups, window.kernelH(), window.kernelW());
    String w = weight(name + ".weight", shape, init);
    Epilogue epilogue = bias ? Epilogue.BIAS : Epilogue.NONE;
    Conv2d op = new Conv2d(window, groups, epilogue);
    return bias ? apply(name, op, x, w, bias(name, out)) : apply(name, op, x, w);
  }

  /** A convolution of each channel by itself, without bias. */
  String depthwise(String name, String x, Window2d window) {
    return conv(name, x, channels(x), window, channels(x), false);
  }

  /** A depthwise convolution and a 1x1 one over what it makes, both without bias. */
  String separable(String name, String x, int out, Window2d window) {
    String y = depthwise(name, x, window);
    return mix(name + ".pointwise", y, out, Window2d.square(1, 1, 0));
  }

  /** A 1x1 convolution without bias that keeps the size of values of either sign. */
  String mix(String name, String x, int out, Window2d window) {
    Init init = Init.symmetric(Math.sqrt(1.0 / channels(x)));
    return conv(name, x, out, window, 1, false, init);
  }

  /** A value times a number. */
  String scale(String name, String x, double factor) {
    int[] ones = new int[shape(x).rank()];
    Arrays.fill(ones, 1);
    Constant number = new Splat(ElementType.FLOAT32, Shape.of(ones), factor);
    return product(name, x, constant(name + ".factor", number));
  }

  /** Batch normalisation. */
  String norm(String name, String x) {
    return norm(name, x, 1);
  }

  /** Batch normalisation whose untrained scale is around {@code scale}. */
  String norm(String name, String x, double scale) {
    Shape shape = Shape.of(channels(x));
    return apply(
        name,
        new BatchNorm(epsilon, null),
        x,
        weight(name + ".weight", shape, Init.scale(scale)),
        weight(name + ".bias", shape, Init.symmetric(0.1 * scale)),
        weight(name + ".running_mean", shape, Init.symmetric(0.1).untrainable()),
        weight(name + ".running_var", shape, Init.scale(1).untrainable()));
  }

  /** Batch normalisation that does not scale. */
  String normWithoutScale(String name, String x) {
    Shape shape = Shape.of(channels(x));
    return apply(
        name,
        new BatchNorm(epsilon, null),
        x,
        constant(name + ".ones", new Splat(ElementType.FLOAT32, shape, 1)),
        weight(name + ".bias", shape, Init.symmetric(0.1)),
        weight(name + ".running_mean", shape, Init.symmetric(0.1).untrainable()),
        weight(name + ".running_var", shape, Init.scale(1).untrainable()));
  }

  /** Normalisation of each pixel over its channels (arXiv 1607.06450), of an image. */
  String normOverChannels(String name, String x) {
    String y = apply(name + ".nhwc", new Transpose(List.of(0, 2, 3, 1)), x);
    return apply(name + ".nchw", new Transpose(List.of(0, 3, 1, 2)), normOverLast(name, y));
  }

  /** Normalisation over the innermost axis (arXiv 1607.06450). */
  String normOverLast(String name, String x) {
    Shape shape = Shape.of(shape(x).dim(-1));
    String scale = weight(name + ".weight", shape, Init.scale(1));
    String shift = weight(name + ".bias", shape, Init.symmetric(0.1));
    List<String> outputs = List.of(name, name + ".mean", name + ".factor");
    graph.add(new Node(name, new LayerNorm(-1, epsilon), List.of(x, scale, shift), outputs));
    facts.put(name, Fact.of(shape(x)));
    return name;
  }

  /** A trained factor for each channel, around {@code mean} if untrained. */
  String scaleChannels(String name, String x, String weight, double mean) {
    String factors = weight(weight, Shape.of(channels(x), 1, 1), Init.scale(mean));
    return product(name, x, factors);
  }

  /** Each channel less its mean, divided by its deviation. */
  String standardised(String name, String x, Constant mean, Constant deviation) {
    Shape shape = Shape.of(channels(x));
    Constant variance = new Deferred(ElementType.FLOAT32, shape, () -> squares(deviation.tensor()));
    return apply(
        name,
        new BatchNorm(0, null),
        x,
        constant(name + ".ones", new Splat(ElementType.FLOAT32, shape, 1)),
        constant(name + ".zeros", new Splat(ElementType.FLOAT32, shape, 0)),
        constant(name + ".mean", mean),
        constant(name + ".variance", variance));
  }

  private static Tensor squares(Tensor values) {
    Tensor squares = Tensor.zeros(values.shape());
    for (int i = 0; i < values.shape().size(); i++) {
      squares.set(i, values.doubleAt(i) * values.doubleAt(i));
    }
    return squares;
  }

  String relu(String name, String x) {
    return apply(name, Unary.RELU, x);
  }

  String sum(String name, String a, String b) {
    return apply(name, Binary.ADD, a, b);
  }

  String product(String name, String a, String b) {
    return apply(name, new Binary(Binary.Kind.MUL, null), a, b);
  }

  String concat(String name, String... parts) {
    return apply(name, new Concat(1), parts);
  }

  /** The channels of a value in equal parts. */
  List<String> split(String name, String x, int parts) {
    Split op = new Split(1, parts);
    List<String> outputs = IntStream.range(0, parts).mapToObj(i -> name + "." + i).toList();
    List<Fact> inferred = op.infer(List.of(Objects.requireNonNull(facts.get(x))));
    graph.add(new Node(name, op, List.of(x), outputs));
    for (int i = 0; i < parts; i++) {
      facts.put(outputs.get(i), inferred.get(i));
    }
    return outputs;
  }

  /** Any operator with one output, under its own name. */
  String apply(String name, Op op, String... inputs) {
    List<Fact> known =
        Arrays.stream(inputs).map(i -> Objects.requireNonNull(facts.get(i))).toList();
    try {
      facts.put(name, settled(op, known));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "layer \"" + name + "\" does not fit what it reads: " + e.getMessage(), e);
    }
    return graph.add(name, op, inputs);
  }

  /** The fact of an output; the numbers too where they are extents, which others may need. */
  private static Fact settled(Op op, List<Fact> inputs) {
    Fact output = op.infer(inputs).get(0);
    boolean known = inputs.stream().allMatch(Fact::isConstant) && !output.isConstant();
    if (!known || output.type() != ElementType.INT64) {
      return output;
    }
    return Fact.of(
        op.evaluate(
                inputs.stream().map(i -> Objects.requireNonNull(i.constant()).tensor()).toList())
            .get(0));
  }

  String averageOverPixels(String name, String x) {
    return apply(name, GlobalPool2d.AVERAGE, x);
  }

  String flatten(String name, String x) {
    return apply(name, new Reshape(new Reshape.Rule.Flatten(1)), x);
  }

  /** Flattens in the order in which channels-last frameworks do: height, width, channels. */
  String flattenChannelsLast(String name, String x) {
    Shape shape = shape(x);
    boolean pointwise = shape.h() == 1 && shape.w() == 1;
    return flatten(
        name, pointwise ? x : apply(name + ".nhwc", new Transpose(List.of(0, 2, 3, 1)), x));
  }

  /** A fully connected layer with bias; weights [out, in]. */
  String dense(String name, String x, int out) {
    int in = shape(x).dim(1);
    String w = weight(name + ".weight", Shape.of(out, in), Init.he(in));
    return apply(name, new Dense(true, Epilogue.BIAS), x, w, bias(name, out));
  }

  String softmax(String name, String x) {
    return apply(name, Softmax.along(1), x);
  }

  private String bias(String name, int out) {
    return weight(name + ".bias", Shape.of(out), Init.symmetric(0.05));
  }

  final String weight(String name, Shape shape, Init init) {
    return constant(name, weights.get(name, shape, init));
  }

  /** A known value. */
  final String constant(String name, Constant constant) {
    facts.put(name, Fact.of(constant));
    return graph.constant(name, constant);
  }

  Graph build(String output) {
    return graph.output(output).build();
  }
}
