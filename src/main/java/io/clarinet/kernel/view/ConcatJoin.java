package io.clarinet.kernel.view;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Concat;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images joined along whole channel blocks: their producers write into the output. */
public record ConcatJoin(Concat op) implements Kernel {

  @Override
  public String name() {
    return "join";
  }

  /** Declines all but images joined along their channels. */
  public static Offer.@Nullable Decline declined(Concat op, List<Fact> inputs) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    return declined == null && inputs.get(0).shape().axis(op.axis()) != 1
        ? new Offer.Decline("not along the channels")
        : declined;
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(op, inputs);
    if (declined != null) {
      return declined;
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
