package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.proto.AttributeProto.real;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Unary;
import io.clarinet.op.Unary.Kind;
import io.clarinet.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;

/** Functions of each element: which ONNX operator is which kind, and its attributes. */
final class OnnxActivations {

  /** An operator, its kind, and its parameters' attributes; an empty name is no attribute. */
  private record Form(
      String operator,
      Kind kind,
      String alpha,
      float alphaDefault,
      String beta,
      float betaDefault) {}

  private static final List<Form> FORMS =
      List.of(
          plain("Relu", Kind.RELU),
          plain("Sigmoid", Kind.SIGMOID),
          plain("Tanh", Kind.TANH),
          plain("HardSwish", Kind.HARD_SWISH),
          plain("Softplus", Kind.SOFTPLUS),
          plain("Softsign", Kind.SOFTSIGN),
          plain("Mish", Kind.MISH),
          plain("Erf", Kind.ERF),
          plain("Exp", Kind.EXP),
          plain("Log", Kind.LOG),
          plain("Sqrt", Kind.SQRT),
          plain("Abs", Kind.ABS),
          plain("Neg", Kind.NEG),
          plain("Reciprocal", Kind.RECIPROCAL),
          plain("Floor", Kind.FLOOR),
          plain("Ceil", Kind.CEIL),
          plain("Round", Kind.ROUND),
          plain("Sign", Kind.SIGN),
          plain("Sin", Kind.SIN),
          plain("Cos", Kind.COS),
          plain("Tan", Kind.TAN),
          plain("Asin", Kind.ASIN),
          plain("Acos", Kind.ACOS),
          plain("Atan", Kind.ATAN),
          plain("Sinh", Kind.SINH),
          plain("Cosh", Kind.COSH),
          plain("Asinh", Kind.ASINH),
          plain("Acosh", Kind.ACOSH),
          plain("Atanh", Kind.ATANH),
          new Form("ThresholdedRelu", Kind.THRESHOLDED_RELU, "alpha", 1, "", 0),
          new Form("Shrink", Kind.SHRINK, "lambd", 0.5f, "bias", 0),
          new Form("LeakyRelu", Kind.LEAKY_RELU, "alpha", 0.01f, "", 0),
          new Form("Elu", Kind.ELU, "alpha", 1, "", 0),
          new Form("Celu", Kind.CELU, "alpha", 1, "", 0),
          new Form("Selu", Kind.SELU, "alpha", 1.6732632f, "gamma", 1.050701f),
          new Form("Swish", Kind.SWISH, "alpha", 1, "", 0),
          new Form("HardSigmoid", Kind.HARD_SIGMOID, "alpha", 0.2f, "beta", 0.5f));

  private OnnxActivations() {}

  private static Form plain(String operator, Kind kind) {
    return new Form(operator, kind, "", 0, "", 0);
  }

  static void register(OnnxOperators table) {
    FORMS.forEach(form -> table.reads(form.operator(), (node, to) -> read(form, node, to)));
    OnnxClips.register(table);
    OnnxGelus.register(table);
    table.writes(Unary.class, (op, node, to) -> write(op, node.inputs().get(0), node.output(), to));
  }

  private static void read(Form form, OnnxNode node, OnnxTranslation to) {
    float alpha = node.real(form.alpha(), form.alphaDefault());
    float beta = node.real(form.beta(), form.betaDefault());
    if (form.kind() == Kind.SELU && node.opset() < 6) {
      alpha = node.real("alpha", 1.6732f);
      beta = node.real("gamma", 1.0507f);
    }
    to.result(node, new Unary(form.kind(), alpha, beta), node.input(0));
  }

  /** Adds the function of the value {@code x} that the value {@code y} is. */
  static void write(Unary op, String x, String y, ExportedNodes to) {
    switch (op.kind()) {
      case CLIP -> OnnxClips.write(op, x, y, to);
      case GELU, GELU_TANH -> OnnxGelus.write(op, x, y, to);
      case MISH -> writeMish(x, y, to);
      case FLOAT16 -> OnnxCasts.writeRounding(ElementType.FLOAT16, x, y, to);
      case BFLOAT16 -> OnnxCasts.writeRounding(ElementType.BFLOAT16, x, y, to);
      case SWISH -> writeSwish(op, x, y, to);
      default -> write(form(op.kind()), op, x, y, to);
    }
  }

  private static void write(Form form, Unary op, String x, String y, ExportedNodes to) {
    List<AttributeProto> attributes = new ArrayList<>();
    if (!form.alpha().isEmpty()) {
      attributes.add(real(form.alpha(), op.alpha()));
    }
    if (!form.beta().isEmpty()) {
      attributes.add(real(form.beta(), op.beta()));
    }
    to.add(form.operator(), y, List.of(x), List.of(y), attributes);
  }

  private static Form form(Kind kind) {
    return FORMS.stream().filter(f -> f.kind() == kind).findFirst().orElseThrow();
  }

  /** x · sigmoid(alpha · x), since opset 17 has no node for it. */
  private static void writeSwish(Unary op, String x, String y, ExportedNodes to) {
    String scaled = op.alpha() == 1 ? x : to.value("Mul", y, x, to.scalar(y, op.alpha()));
    to.add("Mul", List.of(x, to.value("Sigmoid", y, scaled)), y);
  }

  /** x · tanh(softplus(x)), since opset 17 has no node for it. */
  private static void writeMish(String x, String y, ExportedNodes to) {
    String soft = to.value("Softplus", y, x);
    to.add("Mul", List.of(x, to.value("Tanh", y, soft)), y);
  }
}
