package io.clarinet.importer.onnx;

import io.clarinet.op.Unary;
import io.clarinet.op.Unary.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of one value: which ONNX operator is which kind, and its attributes, both ways. */
final class OnnxActivations {

  /** An operator, its kind, and its parameters' attributes; an empty name is no attribute. */
  record Form(
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
          new Form("HardSigmoid", Kind.HARD_SIGMOID, "alpha", 0.2f, "beta", 0.5f));

  private OnnxActivations() {}

  private static Form plain(String operator, Kind kind) {
    return new Form(operator, kind, "", 0, "", 0);
  }

  static void register(Map<String, OnnxTranslator> table) {
    for (Form form : FORMS) {
      table.put(form.operator(), (node, to) -> to.result(node, read(form, node), node.input(0)));
    }
    table.put("Gelu", OnnxActivations::gelu);
  }

  private static Unary read(Form form, OnnxNode node) {
    return new Unary(
        form.kind(),
        node.real(form.alpha(), form.alphaDefault()),
        node.real(form.beta(), form.betaDefault()));
  }

  private static void gelu(OnnxNode node, OnnxTranslation to) {
    boolean tanh = node.text("approximate", "none").equals("tanh");
    to.result(node, new Unary(tanh ? Kind.GELU_TANH : Kind.GELU, 0, 0), node.input(0));
  }

  /** How ONNX writes a kind, or null where it takes more than a node of that name. */
  static @Nullable Form form(Kind kind) {
    return FORMS.stream().filter(f -> f.kind() == kind).findFirst().orElse(null);
  }
}
