package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
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
    Map<String, String> defines = new HashMap<>(MemoryBound.block(device));
    defines.put("LOG_SOFTMAX", op.log() ? "1" : "0");
    return new RowsLaunch(op.extent(x), op.stride(x))
        .offer(name(), defines, inputs, outputs, device);
  }
}
