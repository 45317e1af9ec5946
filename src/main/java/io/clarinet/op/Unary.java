package io.clarinet.op;

import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

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
    SIGMOID((v, a, b) -> 1 / (1 + Math.exp(-v)), "(1.0f / (1.0f + exp(-(v))))"),
    TANH((v, a, b) -> Math.tanh(v), "tanh(v)");

    private final Function function;
    private final String expression;

    Kind(Function function, String expression) {
      this.function = function;
      this.expression = expression;
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
  public List<Kernel> kernels() {
    return List.of(new UnaryKernel(this, true), new UnaryKernel(this, false));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    FloatBuffer x = inputs.get(0).floats();
    FloatBuffer y = outputs.get(0).floats();
    for (int i = 0; i < x.limit(); i++) {
      y.put(i, (float) apply(x.get(i)));
    }
  }
}
