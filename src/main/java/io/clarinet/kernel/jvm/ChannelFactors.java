package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Blocked images times, or plus, a value for each channel, as squeeze and excitation gates them.
 */
record ChannelFactors(Binary op, IntFunction<InnerLoops> loops) implements Kernel {
  private static final float[] ZEROS = new float[64];
  private static final float[] ONES = new float[64];

  static {
    Arrays.fill(ONES, 1);
  }

  @Override
  public String name() {
    return "binary_by_channel";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Fact second = inputs.get(1);
    Shape factors = second.shape();
    boolean known = second.isConstant() && factors.rank() >= 3;
    Offer.Decline declined =
        Declines.first(
            Declines.unlessImages(inputs.subList(0, 1)),
            known ? Declines.unlessFloats(inputs) : Declines.unlessImages(inputs));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int items = factors.rank() == 4 ? factors.n() : 1;
    boolean channels = factors.dim(-3) == x.c() && factors.size() == (long) items * x.c();
    if (op.kind() != Binary.Kind.MUL && op.kind() != Binary.Kind.ADD) {
      return new Offer.Decline("only for products and sums");
    }
    if (!(items == x.n() || items == 1) || !channels || !x.equals(outputs.get(0).shape())) {
      return new Offer.Decline("the second operand is not one of the channels");
    }
    InnerLoops inner = loops.apply(device.channelBlock());
    ElementRuns runs = ElementRuns.blocked(x, inner.block());
    boolean packs = known && items == 1;
    Combine work = new Combine(op, runs, items > 1, packs, inner);
    List<Offer.Packed> packed =
        packs
            ? List.of(Offer.Packed.of(1, new PaddedPacking(roundUp(x.c(), inner.block()))))
            : List.of();
    return Offers.of(work, device.blocked(), inputs, outputs, packed, device);
  }

  /**
   * @param perItem whether each batch item has factors of its own
   * @param packed whether they are a packed constant
   */
  private record Combine(
      Binary op, ElementRuns runs, boolean perItem, boolean packed, InnerLoops loops)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments, task));
    }

    private void task(Arguments a, int task) {
      View y = a.output(0);
      View factors = packed ? a.packed(0) : a.input(1);
      float[] x = a.input(0).data();
      int at = runs.start(a.input(0), task);
      int own = factors.item(perItem ? runs.item(task) : 0) + runs.row(task) * loops.block();
      int to = runs.start(y, task);
      int count = runs.count(task);
      int pixels = count / loops.block();
      Lanes lanes = loops.lanes();
      if (op.kind() == Binary.Kind.MUL) {
        lanes.scale(x, at, factors.data(), own, ZEROS, 0, y.data(), to, pixels, op.lo(), op.hi());
      } else {
        lanes.scale(x, at, ONES, 0, factors.data(), own, y.data(), to, pixels, op.lo(), op.hi());
      }
      Unary activation = op.activation();
      if (activation != null && !activation.isClamp()) {
        loops.activations().apply(activation, y.data(), to, count);
      }
      runs.clear(y, task);
    }
  }
}
