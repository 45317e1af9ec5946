package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;
import static io.clarinet.tensor.Division.roundUp;

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

/** {@code opencl/gpu/conv2d_grouped_gpu.cl}: any convolution; made for groups of few channels. */
record Conv2dGroupedGpu(Conv2d op, StripForm form) implements Conv2dKernel {
  private static final String FILE = "conv2d_grouped_gpu";

  /** All forms. */
  static List<Kernel> of(Conv2d op) {
    return Stream.of(StripForm.values())
        .<Kernel>map(form -> new Conv2dGroupedGpu(op, form))
        .toList();
  }

  @Override
  public String name() {
    return FILE + "_" + form.label;
  }

  @Override
  public Offer offer(Conv2dShape shape, DeviceProfile device) {
    int ic = shape.groupInputs();
    double products = (double) ic * shape.taps();
    Offer.Decline declined = form.declined(shape.groups(), ic, shape.groupOutputs(), products);
    if (declined != null) {
      return declined;
    }
    long sharing = (long) form.stripsHigh(shape.oh(), 1) * shape.ow();
    int tiles = ceilDiv(shape.oc(), form.blocks * device.channelBlock());
    StripForm.Strips strips =
        form.strips(
            sharing * shape.n() * tiles,
            form.products(ic, shape.taps(), sharing),
            products,
            device);
    declined = strips.declined(device);
    if (declined != null) {
      return declined;
    }
    LayerOffer offer = LayerOffer.of(op, device);
    return offer
        .launch(
            FILE,
            strips.defines(),
            strips.range(),
            offer
                .arguments()
                .ints(ic, shape.groupOutputs(), shape.oc())
                .ints(shape.ih(), shape.iw(), shape.oh(), shape.ow())
                .window(shape.window())
                .ints(shape.n()))
        .resident(strips.resident(device))
        .accept(
            weights(shape, device.channelBlock()),
            roundUp(shape.oc(), device.channelBlock()),
            strips.seconds(shape.bytes(op.epilogue()), device));
  }

  private Packing weights(Conv2dShape shape, int block) {
    int ic = shape.groupInputs();
    int oc = shape.groupOutputs();
    return form == StripForm.GATHER
        ? new Conv2dWeights(
            1, shape.oc(), ic, shape.taps(), ic, block, ceilDiv(shape.oc(), block), 0)
        : new Conv2dWeights(
            shape.groups(),
            oc,
            ic,
            shape.taps(),
            block,
            block,
            ceilDiv(oc, block) / form.blocks,
            0);
  }
}
