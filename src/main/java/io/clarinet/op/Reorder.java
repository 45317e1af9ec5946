package io.clarinet.op;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Brings an image-like value from one layout into another. Graphs hold none: the planner puts them
 * where neighbours differ.
 */
public record Reorder(Layout from, Layout to) implements Op {
  private static final int RUN = 256;

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    if (x.shape().rank() != 4) {
      throw new IllegalArgumentException("only images have blocks, not " + x.shape());
    }
    return List.of(Fact.of(x.type(), x.shape()));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    outputs.get(0).bytes().put(inputs.get(0).bytes());
  }

  @Override
  public List<Kernel> kernels() {
    return List.of(to.isBlocked() ? new ToBlocked() : new ToPlain());
  }

  /** Predicted time: every byte read once and written once. */
  public double seconds(Shape shape, DeviceProfile device) {
    return device.seconds(0, 4.0 * (from.elements(shape) + to.elements(shape)));
  }

  private final class ToBlocked implements Kernel {
    @Override
    public String name() {
      return "reorder_to_blocked";
    }

    @Override
    public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
      return copy(name(), to.block(), inputs.get(0), device);
    }
  }

  private final class ToPlain implements Kernel {
    @Override
    public String name() {
      return "reorder_to_plain";
    }

    @Override
    public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
      return copy(name(), from.block(), inputs.get(0), device);
    }
  }

  private Offer copy(String kernel, int block, Fact x, DeviceProfile device) {
    if (x.type() != ElementType.FLOAT32) {
      return new Offer.Decline("blocks hold float32, not " + x.type());
    }
    Shape shape = x.shape();
    int pixels = shape.h() * shape.w();
    int blocks = (shape.c() + block - 1) / block;
    Launch launch =
        new Launch(
            kernel,
            Map.of("C", Integer.toString(block)),
            NdRange.items((pixels + RUN - 1) / RUN, blocks, shape.n()),
            List.of(
                new Arg.Input(0), new Arg.Output(0), new Arg.Int(shape.c()), new Arg.Int(pixels)));
    return new Offer.Accept(
        new Work.Launches(List.of(launch)),
        List.of(from),
        List.of(to),
        List.of(),
        List.of(),
        seconds(shape, device));
  }
}
