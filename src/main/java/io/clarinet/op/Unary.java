package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.HalfFloat;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.util.FastMath;

/**
 * A function of each element. The kind holds the Java meaning and the OpenCL expression.
 *
 * @param alpha the kind's first parameter; 0 where it has none
 * @param beta the kind's second parameter; 0 where it has none
 */
public record Unary(Kind kind, float alpha, float beta) implements Op {

  /** The functions; every one lets NaN through. */
  public enum Kind {
    /** max(v, 0). */
    RELU((v, a, b) -> v < 0 ? 0 : v, ""),
    /** v held between alpha and beta. */
    CLIP((v, a, b) -> v < a ? a : v > b ? b : v, ""),
    LEAKY_RELU((v, a, b) -> v < 0 ? a * v : v, "((v) < 0.0f ? ALPHA * (v) : (v))"),
    SIGMOID((v, a, b) -> 1 / (1 + Math.exp(-v)), "(1.0f / exp_plus(-(v), 1.0f))"),
    TANH((v, a, b) -> Math.tanh(v), "tanh(v)"),
    ELU((v, a, b) -> v < 0 ? a * Math.expm1(v) : v, "((v) < 0.0f ? ALPHA * expm1(v) : (v))"),
    /** Scaled ELU: beta · (v or alpha · (eᵛ − 1)). */
    SELU(
        (v, a, b) -> b * (v < 0 ? a * Math.expm1(v) : v),
        "(BETA * ((v) < 0.0f ? ALPHA * expm1(v) : (v)))"),
    CELU(
        (v, a, b) -> v < 0 ? a * Math.expm1(v / a) : v,
        "((v) < 0.0f ? ALPHA * expm1((v) / ALPHA) : (v))"),
    /** alpha · v + beta, held between 0 and 1. */
    HARD_SIGMOID(
        (v, a, b) -> unit(a * v + b), "((v) != (v) ? (v) : clamp(ALPHA * (v) + BETA, 0.0f, 1.0f))"),
    HARD_SWISH(
        (v, a, b) -> v * unit(v / 6 + 0.5),
        "((v) != (v) ? (v) : (v) * clamp((v) / 6.0f + 0.5f, 0.0f, 1.0f))"),
    SOFTPLUS(
        (v, a, b) -> softplus(v), "((v) != (v) ? (v) : fmax((v), 0.0f) + log1p(exp(-fabs(v))))"),
    SOFTSIGN((v, a, b) -> v / (1 + Math.abs(v)), "((v) / (1.0f + fabs(v)))"),
    /** v times the normal distribution's integral up to v. */
    GELU((v, a, b) -> 0.5 * v * (1 + Erf.erf(v / Math.sqrt(2))), gelu()),
    /** v · sigmoid(alpha · v): SiLU where alpha is 1. */
    SWISH((v, a, b) -> v / (1 + Math.exp(-a * v)), "((v) / exp_plus(-ALPHA * (v), 1.0f))"),
    /** GELU by its approximation with tanh. */
    GELU_TANH(
        (v, a, b) -> 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))),
        "((v) / exp_plus(-1.59576912f * ((v) + 0.044715f * (v) * (v) * (v)), 1.0f))"),
    MISH(
        (v, a, b) -> v * Math.tanh(softplus(v)),
        "((v) != (v) ? (v) : (v) * tanh(fmax((v), 0.0f) + log1p(exp(-fabs(v)))))"),
    ERF((v, a, b) -> Erf.erf(v), "erf(v)"),
    EXP((v, a, b) -> Math.exp(v), "exp(v)"),
    LOG((v, a, b) -> Math.log(v), "log(v)"),
    SQRT((v, a, b) -> Math.sqrt(v), "sqrt(v)"),
    ABS((v, a, b) -> Math.abs(v), "fabs(v)"),
    NEG((v, a, b) -> -v, "(-(v))"),
    RECIPROCAL((v, a, b) -> 1 / v, "(1.0f / (v))"),
    FLOOR((v, a, b) -> Math.floor(v), "floor(v)"),
    CEIL((v, a, b) -> Math.ceil(v), "ceil(v)"),
    /** To the nearest integer, ties to even. */
    ROUND((v, a, b) -> Math.rint(v), "rint(v)"),
    /** To the nearest binary16, ties to even. */
    FLOAT16(
        (v, a, b) -> HalfFloat.toFloat(HalfFloat.fromFloat((float) v)),
        "(fabs(v) < 65520.0f ? " + rounded(11, -14) + " : (v) * INFINITY)"),
    /** To the nearest bfloat16, ties to even. */
    BFLOAT16(
        (v, a, b) -> HalfFloat.bfloat16(HalfFloat.toBfloat16((float) v)),
        "(fabs(v) <= FLT_MAX ? " + rounded(8, -126) + " : (v))"),
    SIGN((v, a, b) -> Math.signum(v), "((v) != (v) ? (v) : sign(v))"),
    SIN((v, a, b) -> Math.sin(v), periodic("sin")),
    COS((v, a, b) -> Math.cos(v), periodic("cos")),
    TAN((v, a, b) -> Math.tan(v), periodic("tan")),
    ASIN((v, a, b) -> Math.asin(v), "asin(v)"),
    ACOS((v, a, b) -> Math.acos(v), "acos(v)"),
    ATAN((v, a, b) -> Math.atan(v), "atan(v)"),
    SINH((v, a, b) -> Math.sinh(v), "sinh(v)"),
    COSH((v, a, b) -> Math.cosh(v), "cosh(v)"),
    ASINH((v, a, b) -> FastMath.asinh(v), "asinh(v)"),
    ACOSH((v, a, b) -> v < 1 ? Double.NaN : FastMath.acosh(v), "acosh(v)"),
    ATANH((v, a, b) -> FastMath.atanh(v), "atanh(v)"),
    /** v where it is above alpha, else 0. */
    THRESHOLDED_RELU((v, a, b) -> v <= a ? 0 : v, "((v) <= ALPHA ? 0.0f : (v))"),
    /** v moved towards 0 by beta; 0 where |v| is at most alpha. */
    SHRINK(
        (v, a, b) -> v < -a ? v + b : v > a ? v - b : v * 0,
        "((v) < -ALPHA ? (v) + BETA : (v) > ALPHA ? (v) - BETA : (v) * 0.0f)");

    private final Function function;
    private final String expression;

    Kind(Function function, String expression) {
      this.function = function;
      this.expression = expression;
    }

    /**
     * A function of small and of large arguments apart: a vector of which one lane is large goes
     * through PoCL's reduction of large arguments as a whole, which takes sin(1e-7) for 0.0131.
     */
    private static String periodic(String function) {
      String small = "(fabs(v) < 100.0f)";
      return "(SMALL ? FUNCTION(SMALL ? (v) : 0.0f) : FUNCTION(SMALL ? 1e6f : (v)))"
          .replace("SMALL", small)
          .replace("FUNCTION", function);
    }

    /**
     * A number of so many binary digits.
     *
     * @param least exponent of the numbers that have them all
     */
    private static String rounded(int digits, int least) {
      String shift = "(" + (digits - 1) + " - max(ilogb(v), " + least + "))";
      return "ldexp(rint(ldexp(v, SHIFT)), -SHIFT)".replace("SHIFT", shift);
    }

    /**
     * GELU with erfc(|v| / √2) / 2 by formula 7.1.26 of Abramowitz and Stegun, off by at most 8e-8:
     * drivers compute erf lane by lane.
     */
    private static String gelu() {
      String half =
          "(T * (0.127414796f + T * (-0.142248368f + T * (0.7107068705f + T * (-0.7265760135f"
              + " + T * 0.5307027145f)))) * exp_plus(-0.5f * (v) * (v), 0.0f))";
      String t = "(1.0f / (1.0f + 0.23164189f * fabs(v)))";
      return "((v) * ((v) < 0.0f ? HALF : 1.0f - HALF))"
          .replace("HALF", half)
          .replace("T ", t + " ");
    }

    private static double unit(double v) {
      return v < 0 ? 0 : v > 1 ? 1 : v;
    }

    private static double softplus(double v) {
      return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }

    /** A function of an element and the two parameters, in double. */
    public interface Function {
      double apply(double v, double alpha, double beta);
    }
  }

  public static final Unary RELU = new Unary(Kind.RELU, 0, 0);

  /** Whether this is v held between two bounds, which every kernel's epilogue does by itself. */
  public boolean isClamp() {
    return kind == Kind.RELU || kind == Kind.CLIP;
  }

  /** Whether this rounds to half precision. */
  public boolean isRounding() {
    return kind == Kind.FLOAT16 || kind == Kind.BFLOAT16;
  }

  /** Lower bound of a clamp. */
  public float lo() {
    return kind == Kind.RELU ? 0 : kind == Kind.CLIP ? alpha : Float.NEGATIVE_INFINITY;
  }

  /** Upper bound of a clamp. */
  public float hi() {
    return kind == Kind.CLIP ? beta : Float.POSITIVE_INFINITY;
  }

  /** OpenCL expression of a scalar or vector {@code v}; ALPHA and BETA are already literals. */
  public String expression() {
    return kind.expression
        .replace("ALPHA", Float.toString(alpha) + "f")
        .replace("BETA", Float.toString(beta) + "f");
  }

  /** The function's value, in double. */
  public double apply(double v) {
    return kind.function.apply(v, alpha, beta);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    return List.of(Fact.of(x.type(), x.shape()));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    for (long i = 0; i < x.shape().size(); i++) {
      outputs.get(0).set(i, apply(x.doubleAt(i)));
    }
  }
}
