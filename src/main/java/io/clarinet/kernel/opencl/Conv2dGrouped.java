package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/cpu/conv2d_grouped.cl}: any convolution, input channels gathered one by one. */
record Conv2dGrouped(Conv2d op) implements Kernel {

  @Override
  public String name() {
    return "conv2d_grouped";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Conv2dOffer.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    Conv2dShape shape = Conv2dShape.of(op, inputs, outputs);
    int block = device.channelBlock();
    int blocks = ceilDiv(shape.oc(), block);
    int ic = shape.groupInputs();
    Packing weights = new Conv2dWeights(1, shape.oc(), ic, shape.taps(), ic, block, blocks, 0);
    double gathering = 1.5 * block + 4;
    return new Conv2dOffer(op, device)
        .integers(ic, shape.groupOutputs(), shape.oc())
        .integers(shape.ih(), shape.iw(), shape.oh(), shape.ow())
        .window(shape.window())
        .launch(
            name(),
            NdRange.items(blocks, shape.oh(), shape.n()),
            weights,
            blocks * block,
            device.seconds(gathering * shape.flops(), shape.bytes()));
  }
}
