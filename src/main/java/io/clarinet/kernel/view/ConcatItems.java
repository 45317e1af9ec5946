package io.clarinet.kernel.view;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Concat;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;

/** Batch items after batch items: the inputs' producers write into the output. */
public record ConcatItems(Concat op, boolean blocked) implements Kernel {

  @Override
  public String name() {
    return blocked ? "join_items_blocked" : "join_items";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    if (outputs.get(0).shape().axis(op.axis()) != 0) {
      return new Offer.Decline("not along the batch");
    }
    if (inputs.stream().anyMatch(Fact::isConstant)) {
      return new Offer.Decline("a constant lies elsewhere");
    }
    Offer.Decline declined = blocked ? Declines.unlessImages(inputs) : null;
    if (declined != null) {
      return declined;
    }
    Layout layout = blocked ? device.blocked() : Layout.PLAIN;
    List<Long> offsets = new ArrayList<>();
    long offset = 0;
    for (Fact input : inputs) {
      offsets.add(offset);
      offset += layout.elements(input.shape());
    }
    return new Offer.Join(layout, 0, offsets);
  }
}
