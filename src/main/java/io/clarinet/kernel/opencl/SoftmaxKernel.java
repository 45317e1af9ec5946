package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code opencl/cpu/softmax.cl}: plain values, along any axis. */
record SoftmaxKernel(Softmax op) implements Kernel {

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int items = x.rank() < 2 ? 1 : x.n();
    int extent = (int) op.extent(x);
    int inner = (int) op.stride(x);
    int item = (int) (x.size() / items);
    boolean alongBatch = items > 1 && (long) extent * inner > item;
    if (alongBatch && inner != item) {
      return new Offer.Decline("normalises the batch and more as one");
    }
    int runs = MemoryBound.divideUp(inner, device.channelBlock());
    NdRange range =
        alongBatch ? NdRange.items(runs) : NdRange.items(runs, item / extent / inner, items);
    Map<String, String> defines = new HashMap<>(MemoryBound.block(device));
    defines.put("LOG_SOFTMAX", op.log() ? "1" : "0");
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            name(),
            defines,
            range,
            new Arguments().input(0).output().ints(extent, inner, alongBatch ? 1 : 0))
        .accept();
  }
}
