package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.kernel.opencl.Conv2dKernel;
import io.clarinet.kernel.opencl.Conv2dShape;
import io.clarinet.kernel.opencl.Conv2dWeights;
import io.clarinet.kernel.opencl.LayerOffer;
import io.clarinet.op.Conv2d;
import java.util.List;
import java.util.stream.Stream;

/** {@code opencl/gpu/conv2d_depthwise_gpu.cl}: each channel convolved by itself, a block a time. */
record Conv2dDepthwiseGpu(Conv2d op, StripForm form) implements Conv2dKernel {
  private static final String FILE = "conv2d_depthwise_gpu";

  /** Rows of a kernel that fit into registers with all else. */
  private static final int MOST_TAPS = 7;

  /** All forms. */
  static List<Kernel> of(Conv2d op) {
    return Stream.of(StripForm.FOUR_BY_ONE, StripForm.ONE_BY_ONE)
        .<Kernel>map(form -> new Conv2dDepthwiseGpu(op, form))
        .toList();
  }

  @Override
  public String name() {
    return FILE + "_" + form.label;
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    if (shape.groups() != shape.ic() || shape.ic() != shape.oc()) {
      return new Offer.Decline("only for groups of one input and one output channel");
    }
    int block = device.channelBlock();
    int blocks = ceilDiv(shape.oc(), block);
    int most = taps(shape.kernelH());
    int strideH = shape.window().strideH();
    boolean shared =
        shape.window().dilationH() == 1
            && strideH < Math.min(most, 3)
            && shape.taps() <= StripForm.LONGEST_SUM;
    int stride = shared ? strideH : 0;
    int taps = shared ? most : 1;
    StripForm.Strips strips =
        form.strips(
            (long) shape.n() * blocks * form.stripsHigh(shape.oh(), 1) * shape.ow(),
            walk(shape, taps, stride),
            shape.taps(),
            device);
    Offer.Decline declined = strips.declined(device);
    if (declined != null) {
      return declined;
    }
    Packing weights = new Conv2dWeights(1, shape.oc(), 1, shape.taps(), 1, block, blocks, 0);
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            FILE,
            strips.with("TAPS", taps).with("STRIDE", stride).defines(),
            strips.range(),
            offer
                .arguments()
                .ints(shape.oc(), shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window())
                .ints(shape.n()))
        .resident(strips.resident(device))
        .accept(weights, blocks * block, strips.seconds(shape.bytes(op.epilogue()), device));
  }

  /** The most rows that divide the kernel's. */
  private static int taps(int rows) {
    int taps = Math.min(MOST_TAPS, rows);
    while (rows % taps != 0) {
      taps--;
    }
    return taps;
  }

  private StripForm.Walk walk(Conv2dShape shape, int taps, int stride) {
    int rows = stride > 0 ? (form.pixels - 1) * stride + taps : form.pixels * taps;
    double columns = (double) shape.taps() / taps;
    double height =
        Math.min(
            (double) shape.ih(), (form.pixels - 1.0) * shape.window().strideH() + shape.kernelH());
    return form.own(
        shape.taps(),
        rows * columns,
        height * Math.min(shape.window().strideW(), shape.kernelW()),
        columns);
  }
}
