package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A function of each element.
 *
 * @param blocked whether images stay blocked
 */
record Elementwise(Unary op, boolean blocked, IntFunction<InnerLoops> loops) implements Kernel {

  @Override
  public String name() {
    return blocked ? "unary_blocked" : "unary";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        blocked ? Declines.unlessImages(inputs) : Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    InnerLoops inner = loops.apply(device.channelBlock());
    Shape x = inputs.get(0).shape();
    Layout layout = blocked ? device.blocked() : Layout.PLAIN;
    ElementRuns runs = blocked ? ElementRuns.blocked(x, inner.block()) : ElementRuns.plain(x);
    return Offers.of(new Apply(op, runs, inner), layout, inputs, outputs, List.of(), device);
  }

  private record Apply(Unary op, ElementRuns runs, InnerLoops loops) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments, task));
    }

    private void task(Arguments a, int task) {
      View x = a.input(0);
      View y = a.output(0);
      int at = runs.start(x, task);
      int to = runs.start(y, task);
      int count = runs.count(task);
      if (op.isClamp()) {
        loops.lanes().finish(x.data(), at, null, 0, y.data(), to, count, op.lo(), op.hi());
      } else {
        System.arraycopy(x.data(), at, y.data(), to, count);
        loops.activations().apply(op, y.data(), to, count);
      }
      runs.clear(y, task);
    }
  }
}
