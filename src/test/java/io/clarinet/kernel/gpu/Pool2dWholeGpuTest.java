package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class Pool2dWholeGpuTest {
  private static final Window2d WHOLE = new Window2d(5, 7, 1, 1, 1, 1, Padding.NONE);

  private static Offer offer(Pool2d op, String device) {
    List<Fact> x = List.of(Fact.of(Shape.of(1, 1024, 5, 7)));
    DeviceProfile profile = ShippedProfiles.find(device).orElseThrow();
    return new Pool2dWholeGpu(op).offer(x, op.infer(x), profile);
  }

  @Test
  void poolsTheWholeImage() {
    for (Pool2d op : List.of(Pool2d.max(WHOLE), Pool2d.average(WHOLE))) {
      OperatorContract.of(op).input(TestTensors.random(Fresh.random(), 2, 19, 5, 7)).check();
    }
  }

  @Test
  void declinesWindowsThatAreLessOrReachBeyond() {
    for (Window2d window :
        List.of(Window2d.square(5, 1, 0), WHOLE.padded(Padding.of(0, 0, 0, 1)))) {
      assertThat(offer(Pool2d.average(window), "h100")).isInstanceOf(Offer.Decline.class);
    }
  }

  /** A lane that takes all pixels of a block waits for each; GoogLeNet's last pooling is such. */
  @Test
  void isFasterThanEveryOther() {
    Pool2d op = Pool2d.average(WHOLE);
    List<Fact> x = List.of(Fact.of(Shape.of(1, 1024, 5, 7)));
    for (String name : ShippedProfiles.names()) {
      DeviceProfile device = ShippedProfiles.find(name).orElseThrow();
      double own = ((Offer.Accept) offer(op, name)).seconds();
      for (Kernel kernel : GpuKernels.table().of(op)) {
        if (kernel.offer(x, op.infer(x), device) instanceof Offer.Accept other) {
          assertThat(own).as(kernel.name() + " on " + name).isLessThanOrEqualTo(other.seconds());
        }
      }
    }
  }
}
