package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Reorder;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/cpu/reorder_to_blocked.cl} and {@code opencl/cpu/reorder_to_plain.cl}. */
record ReorderKernel(Reorder reorder) implements Kernel {
  @Override
  public String name() {
    return reorder.to().isBlocked() ? "reorder_to_blocked" : "reorder_to_plain";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Fact x = inputs.get(0);
    if (x.type() != ElementType.FLOAT32) {
      return new Offer.Decline("blocks hold float32, not " + x.type());
    }
    int block = reorder.to().isBlocked() ? reorder.to().block() : reorder.from().block();
    Shape shape = x.shape();
    int pixels = shape.h() * shape.w();
    Launch launch =
        new Launch(
            name(),
            Map.of("C", Integer.toString(block)),
            NdRange.items(ceilDiv(pixels, MemoryBound.RUN), ceilDiv(shape.c(), block), shape.n()),
            List.of(
                new Arg.Input(0), new Arg.Output(0), new Arg.Int(shape.c()), new Arg.Int(pixels)));
    return new Offer.Accept(
        new Work.Launches(List.of(launch)),
        List.of(reorder.from()),
        List.of(reorder.to()),
        List.of(),
        List.of(),
        reorder.seconds(shape, device));
  }
}
