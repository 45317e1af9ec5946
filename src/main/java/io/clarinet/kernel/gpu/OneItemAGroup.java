package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Simt;
import io.clarinet.kernel.Speed;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * A kernel for CPU devices on a GPU, where each of its work-items has a group of its own and so
 * leaves all lanes but one idle: right, and priced as slow as it is, but asked only where all
 * kernels for GPUs decline. A few groups leave most units idle too, and one alone waits for each of
 * its loads.
 */
record OneItemAGroup(Kernel kernel) implements Kernel {
  /** Loads of 16 bytes that a lane has under way: its vectors are wide. */
  private static final double WIDE_LOADS = 4;

  @Override
  public String name() {
    return kernel.name();
  }

  @Override
  public boolean isLastResort() {
    return true;
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer filled = offer(inputs, outputs, device, Long.MAX_VALUE);
    if (!(filled instanceof Offer.Accept accept && accept.work() instanceof Work.Launches work)) {
      return filled;
    }
    for (Launch launch : work.launches()) {
      Offer.Decline declined = GpuRange.declined(launch.range());
      if (declined != null) {
        return declined;
      }
    }
    return offer(inputs, outputs, device, groups(work));
  }

  private static long groups(Work.Launches work) {
    return work.launches().stream().mapToLong(l -> l.range().groups()).max().orElse(1);
  }

  private Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device, long groups) {
    return kernel.offer(inputs, outputs, device.with(oneLane(device, groups)));
  }

  private static Speed oneLane(DeviceProfile device, long groups) {
    Speed all = device.speed();
    Simt simt = device.simt();
    double units = device.limits().computeUnits();
    double underWay = Math.min(groups, units * simt.groups());
    double flops = all.peakFlops() * Math.min(1.0 / simt.lanes(), underWay / units / simt.cores());
    double loads = underWay * WIDE_LOADS * 16 / GpuCost.MEMORY_LATENCY;
    double bytes = Math.min(all.bandwidth() / Math.max(1, simt.lanes() / WIDE_LOADS), loads);
    return new Speed(
        new Speed.Figure(flops, all.peak().measured()),
        new Speed.Figure(bytes, all.memory().measured()),
        all.launch());
  }
}
