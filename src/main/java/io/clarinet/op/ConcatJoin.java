package io.clarinet.op;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import java.util.ArrayList;
import java.util.List;

/** Images joined along whole channel blocks: their producers write into the output. */
record ConcatJoin(Concat op) implements Kernel {

  @Override
  public String name() {
    return "join";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    String refusal = ConcatBlocked.refusal(op, inputs);
    if (!refusal.isEmpty()) {
      return new Offer.Decline(refusal);
    }
    long pixels = (long) outputs.get(0).shape().h() * outputs.get(0).shape().w();
    List<Long> offsets = new ArrayList<>();
    int channels = 0;
    for (Fact input : inputs) {
      if (channels % device.channelBlock() != 0) {
        return new Offer.Decline("an input begins inside of a channel block");
      }
      offsets.add(channels * pixels);
      channels += input.shape().c();
    }
    return new Offer.Join(device.blocked(), 1, offsets);
  }
}
