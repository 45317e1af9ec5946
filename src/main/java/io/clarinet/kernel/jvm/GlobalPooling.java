package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pool2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/** Maximum and average over whole images. */
record GlobalPooling(GlobalPool2d op, IntFunction<InnerLoops> loops) implements Kernel {

  @Override
  public String name() {
    return "global_pool2d";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Lanes lanes = loops.apply(device.channelBlock()).lanes();
    Pool work = new Pool(op.kind(), x.n(), ceilDiv(x.c(), lanes.block()), x.h() * x.w(), lanes);
    return Offers.of(work, device.blocked(), inputs, outputs, List.of(), device);
  }

  private record Pool(Pool2d.Kind kind, int images, int blocks, int pixels, Lanes lanes)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(images * blocks, task -> block(arguments, task));
    }

    private void block(Arguments a, int task) {
      int block = lanes.block();
      View x = a.input(0);
      View y = a.output(0);
      int at = x.item(task / blocks) + task % blocks * pixels * block;
      int to = y.item(task / blocks) + task % blocks * block;
      if (kind == Pool2d.Kind.MAX) {
        lanes.max(x.data(), at, pixels, block, 1, 0, y.data(), to);
      } else {
        lanes.sum(x.data(), at, pixels, block, 1, 0, 1f / pixels, y.data(), to);
      }
    }
  }
}
