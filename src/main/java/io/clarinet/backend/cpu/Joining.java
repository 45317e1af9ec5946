package io.clarinet.backend.cpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Concat;
import io.clarinet.op.Fact;
import io.clarinet.op.Kernel;
import java.util.ArrayList;
import java.util.List;

/** A concatenation of whole channel blocks: producers write into its output, and nothing runs. */
record Joining(Concat op) implements Kernel {

  @Override
  public String name() {
    return "join";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    String reason = Facts.notImages(inputs);
    if (reason != null) {
      return new Offer.Decline(reason);
    }
    if (outputs.get(0).shape().axis(op.axis()) != 1) {
      return new Offer.Decline("joins channels only");
    }
    long pixels = (long) outputs.get(0).shape().h() * outputs.get(0).shape().w();
    List<Long> offsets = new ArrayList<>();
    int channels = 0;
    for (Fact input : inputs) {
      if (channels % device.channelBlock() != 0) {
        return new Offer.Decline("inputs do not begin at a block of " + device.channelBlock());
      }
      offsets.add(channels * pixels);
      channels += input.shape().c();
    }
    return new Offer.Join(device.blocked(), 1, offsets);
  }
}
