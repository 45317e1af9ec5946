package io.clarinet.kernel.jvm;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/** Batch normalisation of blocked images by a factor and an offset for each channel. */
record BatchNormalisation(BatchNorm op, IntFunction<InnerLoops> loops) implements Kernel {
  private static final List<Integer> STATISTICS = List.of(1, 2, 3, 4);

  @Override
  public String name() {
    return "batch_norm";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs.subList(0, 1));
    if (declined != null) {
      return declined;
    }
    if (!inputs.subList(1, 5).stream().allMatch(Fact::isConstant)) {
      return new Offer.Decline("the statistics must be constants");
    }
    InnerLoops inner = loops.apply(device.channelBlock());
    ElementRuns runs = ElementRuns.blocked(inputs.get(0).shape(), inner.block());
    int length = runs.rows() * inner.block();
    List<Offer.Packed> packed =
        List.of(
            new Offer.Packed(STATISTICS, new Factors(op.epsilon(), false, length)),
            new Offer.Packed(STATISTICS, new Factors(op.epsilon(), true, length)));
    return Offers.of(
        new Normalise(op, runs, inner), device.blocked(), inputs, outputs, packed, device);
  }

  /** Each channel's factor or offset, zeros behind them. */
  private record Factors(float epsilon, boolean offsets, int length) implements ArrayPacking {

    @Override
    public long bytes() {
      return 4L * length;
    }

    @Override
    public void pack(List<Tensor> statistics, float[] packed, int at) {
      BatchNorm op = new BatchNorm(epsilon, null);
      for (int c = 0; c < statistics.get(0).shape().size(); c++) {
        packed[at + c] = (float) (offsets ? op.offset(statistics, c) : op.factor(statistics, c));
      }
    }
  }

  private record Normalise(BatchNorm op, ElementRuns runs, InnerLoops loops) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments, task));
    }

    private void task(Arguments a, int task) {
      View y = a.output(0);
      int to = runs.start(y, task);
      int count = runs.count(task);
      View scale = a.packed(0);
      View shift = a.packed(1);
      int row = runs.row(task) * loops.block();
      loops
          .lanes()
          .scale(
              a.input(0).data(),
              runs.start(a.input(0), task),
              scale.data(),
              scale.offset() + row,
              shift.data(),
              shift.offset() + row,
              y.data(),
              to,
              count / loops.block(),
              op.lo(),
              op.hi());
      Unary activation = op.activation();
      if (activation != null && !activation.isClamp()) {
        loops.activations().apply(activation, y.data(), to, count);
      }
      runs.clear(y, task);
    }
  }
}
