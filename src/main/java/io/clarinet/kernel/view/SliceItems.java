package io.clarinet.kernel.view;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Slice;
import io.clarinet.tensor.Fact;
import java.util.List;

/** Some batch items one after the other: they are read where they lie. */
public record SliceItems(Slice op, boolean blocked) implements Kernel {

  @Override
  public String name() {
    return blocked ? "items_blocked" : "items";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    List<Slice.Taken> taken = op.taken(inputs);
    Fact x = inputs.get(0);
    for (int axis = 1; axis < taken.size(); axis++) {
      if (!taken.get(axis).equals(new Slice.Taken(0, 1, x.shape().dim(axis)))) {
        return new Offer.Decline("takes less than whole batch items");
      }
    }
    if (taken.isEmpty() || taken.get(0).step() != 1) {
      return new Offer.Decline("takes items apart from each other");
    }
    Offer.Decline declined = blocked ? Declines.unlessImages(List.of(x)) : null;
    if (declined != null) {
      return declined;
    }
    Layout layout = blocked ? device.blocked() : Layout.PLAIN;
    long offset = taken.get(0).start() * layout.batchStride(x.shape());
    return new Offer.View(layout, layout, offset);
  }
}
