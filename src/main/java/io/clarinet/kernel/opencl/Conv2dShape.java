package io.clarinet.kernel.opencl;

import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * The extents of one convolution, its padding resolved.
 *
 * @param ic input channels of all groups
 * @param oc output channels of all groups
 */
public record Conv2dShape(
    int n, int ic, int oc, int ih, int iw, int oh, int ow, int groups, Window2d window) {

  public static Conv2dShape of(Conv2d op, List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    return new Conv2dShape(
        x.n(),
        x.c(),
        y.c(),
        x.h(),
        x.w(),
        y.h(),
        y.w(),
        op.groups(),
        op.window().resolved(x.h(), x.w()));
  }

  public int groupInputs() {
    return ic / groups;
  }

  public int groupOutputs() {
    return oc / groups;
  }

  public int kernelH() {
    return window.kernelH();
  }

  public int kernelW() {
    return window.kernelW();
  }

  public int taps() {
    return kernelH() * kernelW();
  }

  /** Output pixels of the whole batch. */
  public int pixels() {
    return n * oh * ow;
  }

  /** Float operations, a fused multiply-add counting two. */
  public double flops() {
    return 2.0 * pixels() * oc * groupInputs() * taps();
  }

  /** Bytes of input, weights and output, each once. */
  public double bytes() {
    double weights = (double) oc * groupInputs() * taps();
    return 4 * ((double) n * ic * ih * iw + weights + (double) pixels() * oc);
  }

  /** {@link #bytes()} and those of the residual where there is one. */
  public double bytes(Epilogue epilogue) {
    return bytes() + (epilogue.residual() ? 4.0 * pixels() * oc : 0);
  }

  /** Whether every group is a whole number of channel blocks on both sides. */
  public boolean isWholeBlocks(int block) {
    return groups == 1 || (groupInputs() % block == 0 && groupOutputs() % block == 0);
  }

  /** Whether an output pixel is made of one input pixel and no padding. */
  public boolean isPointwise() {
    return taps() == 1
        && window.padding().top() == 0
        && window.padding().left() == 0
        && (oh - 1) * window.strideH() < ih
        && (ow - 1) * window.strideW() < iw;
  }
}
