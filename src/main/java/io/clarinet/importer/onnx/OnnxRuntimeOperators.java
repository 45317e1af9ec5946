package io.clarinet.importer.onnx;

import io.clarinet.op.Binary;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.op.Unary.Kind;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The operators of ONNX Runtime's own, as it saves models that it has optimised. They are read as
 * what they were fused from, which our own passes fuse again for the device at hand.
 */
final class OnnxRuntimeOperators {
  private static final String DOMAIN = "com.microsoft.";
  private static final List<Integer> TO_NCHW = List.of(0, 3, 1, 2);
  private static final List<Integer> TO_NHWC = List.of(0, 2, 3, 1);
  private static final Binary MUL = new Binary(Binary.Kind.MUL, null);

  private OnnxRuntimeOperators() {}

  static void register(OnnxOperators table) {
    table.reads(DOMAIN + "FusedConv", OnnxRuntimeOperators::readConv);
    table.reads(DOMAIN + "NhwcFusedConv", OnnxRuntimeOperators::readChannelsLast);
    table.reads(DOMAIN + "FusedGemm", OnnxRuntimeOperators::readGemm);
    table.reads(DOMAIN + "FusedMatMul", OnnxRuntimeOperators::readMatMul);
    table.reads(DOMAIN + "Gelu", (node, to) -> readGelu(node, to, Kind.GELU));
    table.reads(DOMAIN + "BiasGelu", (node, to) -> readGelu(node, to, Kind.GELU));
    table.reads(DOMAIN + "FastGelu", (node, to) -> readGelu(node, to, Kind.GELU_TANH));
    table.reads(DOMAIN + "QuickGelu", OnnxRuntimeOperators::readQuickGelu);
    table.reads(DOMAIN + "SkipLayerNormalization", OnnxRuntimeOperators::readSkipLayerNorm);
    table.reads(DOMAIN + "SkipSimplifiedLayerNormalization", OnnxRuntimeOperators::readSkipRmsNorm);
    table.reads("SimplifiedLayerNormalization", OnnxNormalisations::readRms);
  }

  /** Convolution, bias, sum, activation. */
  private static void readConv(OnnxNode node, OnnxTranslation to) {
    List<Float> parameters = node.reals("activation_params");
    String y = OnnxConvolutions.conv(node, to, node.input(0));
    finish(node, to, node.hasInput(3) ? to.value(Binary.ADD, y, node.input(3)) : y, parameters);
  }

  /** The same of values in channels last; the weights are as in any convolution. */
  private static void readChannelsLast(OnnxNode node, OnnxTranslation to) {
    String x = to.value(new Transpose(TO_NCHW), node.input(0));
    String y = to.value(new Transpose(TO_NHWC), OnnxConvolutions.conv(node, to, x));
    String sum = node.hasInput(3) ? to.value(Binary.ADD, y, node.input(3)) : y;
    finish(node, to, sum, node.reals("activation_params"));
  }

  private static void readGemm(OnnxNode node, OnnxTranslation to) {
    List<Float> parameters = new ArrayList<>();
    for (String name : List.of("activation_alpha", "activation_beta")) {
      if (node.has(name)) {
        parameters.add(node.real(name, 0));
      }
    }
    finish(node, to, OnnxProducts.gemm(node, to), parameters);
  }

  /** alpha · A · B, each with its last two axes the other way round where the node says so. */
  private static void readMatMul(OnnxNode node, OnnxTranslation to) {
    node.require(
        !node.flag("transBatchA") && !node.flag("transBatchB"), "transBatchA or transBatchB");
    String a = turned(node, to, 0, "transA");
    String b = turned(node, to, 1, "transB");
    float alpha = node.real("alpha", 1);
    if (alpha == 1) {
      to.result(node, OnnxProducts.product(a, b, to), a, b);
      return;
    }
    String product = to.value(OnnxProducts.product(a, b, to), a, b);
    to.result(node, MUL, product, scalar(to, alpha));
  }

  private static String turned(OnnxNode node, OnnxTranslation to, int input, String attribute) {
    String x = node.input(input);
    int rank = to.rank(x);
    if (!node.flag(attribute) || rank == 1) {
      return x;
    }
    node.require(rank > 1, "an input of unknown rank");
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.swap(order, rank - 2, rank - 1);
    return to.value(new Transpose(order), x);
  }

  /** The activation of a fused node, whose parameters are optional as its own node's are. */
  private static void finish(
      OnnxNode node, OnnxTranslation to, String value, List<Float> parameters) {
    String name = node.text("activation", "");
    if (name.isEmpty()) {
      to.result(node, Reshape.IDENTITY, value);
    } else {
      to.result(node, activation(name, parameters), value);
    }
  }

  private static Unary activation(String name, List<Float> given) {
    return switch (name) {
      case "Relu" -> Unary.RELU;
      case "Sigmoid" -> new Unary(Kind.SIGMOID, 0, 0);
      case "Tanh" -> new Unary(Kind.TANH, 0, 0);
      case "HardSwish" -> new Unary(Kind.HARD_SWISH, 0, 0);
      case "LeakyRelu" -> new Unary(Kind.LEAKY_RELU, number(given, 0, 0.01f), 0);
      case "Elu" -> new Unary(Kind.ELU, number(given, 0, 1), 0);
      case "HardSigmoid" ->
          new Unary(Kind.HARD_SIGMOID, number(given, 0, 0.2f), number(given, 1, 0.5f));
      case "Clip" ->
          new Unary(
              Kind.CLIP,
              number(given, 0, Float.NEGATIVE_INFINITY),
              number(given, 1, Float.POSITIVE_INFINITY));
      default -> throw new UnsupportedOperationException("activation " + name);
    };
  }

  private static float number(List<Float> given, int index, float otherwise) {
    return index < given.size() ? given.get(index) : otherwise;
  }

  private static void readGelu(OnnxNode node, OnnxTranslation to, Kind kind) {
    String x =
        node.hasInput(1) ? to.value(Binary.ADD, node.input(0), node.input(1)) : node.input(0);
    to.result(node, new Unary(kind, 0, 0), x);
  }

  /** x · sigmoid(alpha · x). */
  private static void readQuickGelu(OnnxNode node, OnnxTranslation to) {
    String x = node.input(0);
    float alpha = node.real("alpha", 1.702f);
    String scaled = alpha == 1 ? x : to.value(MUL, x, scalar(to, alpha));
    to.result(node, MUL, x, to.value(new Unary(Kind.SIGMOID, 0, 0), scaled));
  }

  /** A layer norm of the sum of the input, the skip and the bias, which is the fourth output. */
  private static void readSkipLayerNorm(OnnxNode node, OnnxTranslation to) {
    String sum = skipSum(node, to, 4);
    List<String> inputs = new ArrayList<>(List.of(sum, node.input(2)));
    if (node.hasInput(3)) {
      inputs.add(node.input(3));
    }
    to.results(node, new LayerNorm(-1, node.real("epsilon", 1e-12f)), inputs, 3);
  }

  /** The same without a mean, and without a shift. */
  private static void readSkipRmsNorm(OnnxNode node, OnnxTranslation to) {
    String sum = skipSum(node, to, 3);
    OnnxNormalisations.rms(node, to, sum, node.input(2), -1, node.real("epsilon", 1e-12f));
  }

  private static String skipSum(OnnxNode node, OnnxTranslation to, int bias) {
    String sum = to.value(Binary.ADD, node.input(0), node.input(1));
    String all = node.hasInput(bias) ? to.value(Binary.ADD, sum, node.input(bias)) : sum;
    if (node.hasOutput(3)) {
      to.result(node, 3, Reshape.IDENTITY, all);
    }
    return all;
  }

  private static String scalar(OnnxTranslation to, float value) {
    return to.constant(Tensor.of(Shape.of(), value));
  }
}
