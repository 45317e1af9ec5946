package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A function of two values of one shape.
 *
 * @param blocked whether images stay blocked
 */
record SameShape(Binary op, boolean blocked, IntFunction<InnerLoops> loops) implements Kernel {

  @Override
  public String name() {
    return blocked ? "binary_blocked" : "binary_same_shape";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        blocked ? Declines.unlessImages(inputs) : Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape shape = outputs.get(0).shape();
    if (!inputs.get(0).shape().equals(shape) || !inputs.get(1).shape().equals(shape)) {
      return new Offer.Decline("the operands differ in shape");
    }
    InnerLoops inner = loops.apply(device.channelBlock());
    Layout layout = blocked ? device.blocked() : Layout.PLAIN;
    ElementRuns runs =
        blocked ? ElementRuns.blocked(shape, inner.block()) : ElementRuns.plain(shape);
    return Offers.of(new Combine(op, runs, inner), layout, inputs, outputs, List.of(), device);
  }

  private record Combine(Binary op, ElementRuns runs, InnerLoops loops) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments, task));
    }

    private void task(Arguments a, int task) {
      View left = a.input(0);
      View right = a.input(1);
      View y = a.output(0);
      int leftAt = runs.start(left, task);
      int rightAt = runs.start(right, task);
      int to = runs.start(y, task);
      int count = runs.count(task);
      if (op.kind() == Binary.Kind.ADD) {
        loops
            .lanes()
            .finish(
                left.data(), leftAt, right.data(), rightAt, y.data(), to, count, op.lo(), op.hi());
      } else {
        Combination.run(
            op.kind(), left.data(), leftAt, 1, right.data(), rightAt, 1, y.data(), to, count);
        clamp(y.data(), to, count);
      }
      Unary activation = op.activation();
      if (activation != null && !activation.isClamp()) {
        loops.activations().apply(activation, y.data(), to, count);
      }
      runs.clear(y, task);
    }

    private void clamp(float[] y, int to, int count) {
      if (op.activation() != null) {
        loops.lanes().finish(y, to, null, 0, y, to, count, op.lo(), op.hi());
      }
    }
  }
}
