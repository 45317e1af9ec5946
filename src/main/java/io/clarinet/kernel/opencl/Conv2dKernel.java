package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.List;

/** A way to run a convolution, asked only about facts that some kernel runs on. */
public interface Conv2dKernel extends Kernel {

  /** The convolution. */
  Conv2d op();

  /** The offer, see {@link Kernel#offer}, for float inputs with weights and bias to be packed. */
  Offer offer(Conv2dShape shape, DeviceProfile device);

  @Override
  default Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessLayer(inputs, op().epilogue().residualIndex());
    return declined == null ? offer(Conv2dShape.of(op(), inputs, outputs), device) : declined;
  }
}
