package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Speed;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * A kernel for CPU devices on a GPU, where each of its work-items has a group of its own and so
 * leaves all lanes but one idle: right, and priced as slow as it is.
 */
record OneItemAGroup(Kernel kernel) implements Kernel {
  /** Loads of a lane that one full step of all lanes equals: a lane's vectors are wide. */
  private static final double WIDE_LOADS = 4;

  @Override
  public String name() {
    return kernel.name();
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    return kernel.offer(
        inputs, outputs, device.with(oneLane(device.speed(), device.simt().lanes())));
  }

  private static Speed oneLane(Speed all, int lanes) {
    return new Speed(
        new Speed.Figure(all.peakFlops() / lanes, all.peak().measured()),
        new Speed.Figure(
            all.bandwidth() / Math.max(1, lanes / WIDE_LOADS), all.memory().measured()),
        all.launch());
  }
}
