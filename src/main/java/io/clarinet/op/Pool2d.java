package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Maximum or average over a sliding window. Input: [n, c, h, w]. Output: [n, c, oh, ow]. Padding
 * never wins a maximum; a NaN always does.
 *
 * @param ceil whether a last partial window counts (ONNX {@code ceil_mode})
 * @param countPadding whether an average divides by the window's padding too (ONNX {@code
 *     count_include_pad}); what lies beyond the padding is never counted
 */
public record Pool2d(Kind kind, Window2d window, boolean ceil, boolean countPadding) implements Op {

  /** Reductions of a window. */
  public enum Kind {
    MAX,
    AVERAGE
  }

  public static Pool2d max(Window2d window) {
    return new Pool2d(Kind.MAX, window, false, false);
  }

  /** Averages that divide by the elements inside the image only. */
  public static Pool2d average(Window2d window) {
    return new Pool2d(Kind.AVERAGE, window, false, false);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    if (x.shape().rank() != 4) {
      throw new IllegalArgumentException("input " + x.shape() + " must have rank 4");
    }
    int h = x.shape().h();
    int w = x.shape().w();
    return List.of(
        Fact.of(
            x.type(),
            Shape.of(
                x.shape().n(),
                x.shape().c(),
                ceil ? window.outHCeil(h) : window.outH(h),
                ceil ? window.outWCeil(w) : window.outW(w))));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    Shape y = outputs.get(0).shape();
    Window2d resolved = window.resolved(x.shape().h(), x.shape().w());
    long at = 0;
    for (long plane = 0; plane < y.size(0, 2); plane++) {
      for (int h = 0; h < y.h(); h++) {
        for (int w = 0; w < y.w(); w++) {
          outputs.get(0).set(at++, pooled(x, resolved, plane, h, w));
        }
      }
    }
  }

  private double pooled(Tensor x, Window2d resolved, long plane, int outH, int outW) {
    int height = x.shape().h();
    int width = x.shape().w();
    Padding pad = resolved.padding();
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int kh = 0; kh < resolved.kernelH(); kh++) {
      int h = outH * resolved.strideH() - pad.top() + kh * resolved.dilationH();
      for (int kw = 0; kw < resolved.kernelW(); kw++) {
        int w = outW * resolved.strideW() - pad.left() + kw * resolved.dilationW();
        boolean inside = h >= 0 && h < height && w >= 0 && w < width;
        if (inside) {
          double v = x.doubleAt((plane * height + h) * width + w);
          max = Math.max(max, v);
          sum += v;
        }
        boolean padded = h < height + pad.bottom() && w < width + pad.right();
        count += inside || (countPadding && padded) ? 1 : 0;
      }
    }
    return kind == Kind.MAX ? max : sum / count;
  }
}
