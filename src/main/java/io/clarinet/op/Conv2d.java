package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional convolution (cross-correlation, as all of the field calls it) with an epilogue.
 *
 * <p>Inputs: x [n, c, h, w]; weights [oc, c/groups, kh, kw]; then bias [oc] and residual [n, oc,
 * oh, ow] where the epilogue has them. Output: [n, oc, oh, ow].
 */
public record Conv2d(Window2d window, int groups, Epilogue epilogue)
    implements Op, FusedActivation {

  @Override
  public @Nullable Unary activation() {
    return epilogue.activation();
  }

  @Override
  public Conv2d with(Unary function) {
    return with(epilogue.with(function));
  }

  public Conv2d with(Epilogue other) {
    return new Conv2d(window, groups, other);
  }

  /**
   * Whether Winograd's minimal filtering F(m×m, 3×3) computes it: 3×3 kernels in one group, of
   * stride 1 without dilation.
   */
  public boolean hasWinograd() {
    return groups == 1
        && window.kernelH() == 3
        && window.kernelW() == 3
        && window.strideH() == 1
        && window.strideW() == 1
        && window.dilationH() == 1
        && window.dilationW() == 1;
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    Shape w = inputs.get(1).shape();
    if (x.rank() != 4 || w.rank() != 4) {
      throw new IllegalArgumentException("input " + x + " and weights " + w + " must have rank 4");
    }
    if (groups < 1 || w.dim(0) % groups != 0 || x.c() != w.dim(1) * groups) {
      throw new IllegalArgumentException(
          "weights " + w + " with " + groups + " groups do not fit input " + x);
    }
    if (w.dim(2) != window.kernelH() || w.dim(3) != window.kernelW()) {
      throw new IllegalArgumentException(
          "weights " + w + " are not " + window.kernelH() + "x" + window.kernelW());
    }
    if (epilogue.bias() && inputs.get(2).shape().size() != w.dim(0)) {
      throw new IllegalArgumentException(
          "bias " + inputs.get(2).shape() + " for " + w.dim(0) + " output channels");
    }
    Shape y = Shape.of(x.n(), w.dim(0), window.outH(x.h()), window.outW(x.w()));
    if (epilogue.residual() && !inputs.get(epilogue.residualIndex()).shape().equals(y)) {
      throw new IllegalArgumentException(
          "residual " + inputs.get(epilogue.residualIndex()).shape() + " for output " + y);
    }
    return List.of(Fact.of(y));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return epilogue.keepsItemsApart(inputs);
  }

  @Override
  public long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    return outputs.get(0).shape().size() * inputs.get(1).shape().size(1, 4);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape y = outputs.get(0).shape();
    FloatBuffer out = outputs.get(0).floats();
    Shape x = inputs.get(0).shape();
    Window2d resolved = window.resolved(x.h(), x.w());
    FloatBuffer in = inputs.get(0).floats();
    FloatBuffer weights = inputs.get(1).floats();
    FloatBuffer bias = epilogue.bias() ? inputs.get(2).floats() : null;
    FloatBuffer residual =
        epilogue.residual() ? inputs.get(epilogue.residualIndex()).floats() : null;
    int at = 0;
    for (int n = 0; n < y.n(); n++) {
      for (int o = 0; o < y.c(); o++) {
        double b = bias == null ? 0 : bias.get(o);
        for (int h = 0; h < y.h(); h++) {
          for (int w = 0; w < y.w(); w++) {
            double sum = sum(resolved, x, in, inputs.get(1).shape(), weights, n, o, h, w, y.c());
            double r = residual == null ? 0 : residual.get(at);
            out.put(at++, (float) epilogue.apply(sum, b, r));
          }
        }
      }
    }
  }

  private double sum(
      Window2d resolved,
      Shape x,
      FloatBuffer in,
      Shape k,
      FloatBuffer weights,
      int n,
      int o,
      int outH,
      int outW,
      int outC) {
    int firstChannel = o / (outC / groups) * k.dim(1);
    double sum = 0;
    for (int c = 0; c < k.dim(1); c++) {
      for (int kh = 0; kh < k.dim(2); kh++) {
        int h = outH * resolved.strideH() - resolved.padding().top() + kh * resolved.dilationH();
        if (h < 0 || h >= x.h()) {
          continue;
        }
        for (int kw = 0; kw < k.dim(3); kw++) {
          int w = outW * resolved.strideW() - resolved.padding().left() + kw * resolved.dilationW();
          if (w >= 0 && w < x.w()) {
            double v = in.get(((n * x.c() + firstChannel + c) * x.h() + h) * x.w() + w);
            sum += v * weights.get(((o * k.dim(1) + c) * k.dim(2) + kh) * k.dim(3) + kw);
          }
        }
      }
    }
    return sum;
  }
}
