package io.clarinet.op;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Tensor;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A case of {@code opencl/cases/conv2d*.txt} on fresh random tensors. Sums of products have a
 * deviation of 0.3, so that a clamp hides no more of an output's scale than of its error.
 *
 * @param bias null if the case has none
 * @param residual null if the case has none
 */
public record Conv2dProblem(
    Conv2d op, Tensor x, Tensor weights, @Nullable Tensor bias, @Nullable Tensor residual) {

  public static Conv2dProblem of(Case c) {
    Random random = Fresh.random();
    Conv2d op = operator(c);
    Tensor x =
        TestTensors.random(
            random, c.integer("n"), c.integer("ic"), c.integer("ih"), c.integer("iw"));
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    int oc = c.integer("oc");
    int ic = c.integer("ic") / op.groups();
    Window2d w = op.window();
    return new Conv2dProblem(
        op,
        x,
        weights(random, oc, ic, c.integer("kh"), c.integer("kw")),
        c.flag("bias") ? TestTensors.random(random, oc) : null,
        c.flag("residual")
            ? TestTensors.random(
                random, x.shape().n(), oc, w.outH(x.shape().h()), w.outW(x.shape().w()))
            : null);
  }

  private static Tensor weights(Random random, int oc, int ic, int kh, int kw) {
    Tensor weights = TestTensors.random(random, oc, ic, kh, kw);
    for (long i = 0; i < weights.shape().size(); i++) {
      weights.set(i, weights.doubleAt(i) * 0.3 / Math.sqrt(ic * kh * kw));
    }
    return weights;
  }

  /** The contract on this problem. */
  public OperatorContract contract() {
    OperatorContract contract = OperatorContract.of(op).input(x).constant(weights);
    if (bias != null) {
      contract.constant(bias);
    }
    return residual == null ? contract : contract.input(residual);
  }

  private static Conv2d operator(Case c) {
    Padding padding =
        Padding.of(c.integer("pt"), c.integer("pl"), c.integer("pb"), c.integer("pr"));
    Window2d window =
        new Window2d(
            c.integer("kh"),
            c.integer("kw"),
            c.integer("sh"),
            c.integer("sw"),
            c.integer("dh"),
            c.integer("dw"),
            padding);
    Epilogue epilogue = new Epilogue(c.flag("bias"), c.flag("residual"), activation(c));
    return new Conv2d(window, c.integer("groups"), epilogue);
  }

  private static @Nullable Unary activation(Case c) {
    return switch (c.text("activation")) {
      case "none" -> null;
      case "relu" -> Unary.RELU;
      case "relu6" -> new Unary(Unary.Kind.CLIP, 0, 6);
      case "clip" -> new Unary(Unary.Kind.CLIP, 0.125f, 0.75f);
      case "sigmoid" -> new Unary(Unary.Kind.SIGMOID, 0, 0);
      default -> throw new IllegalArgumentException(c.text("activation"));
    };
  }
}
