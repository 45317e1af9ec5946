package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Hardmax;
import io.clarinet.op.Lrn;
import io.clarinet.op.Op;
import io.clarinet.op.Reduce;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One lane of one group is slow however little it has to do. */
class OneItemAGroupTest {

  private static Arguments problem(Op op, int... dims) {
    return Arguments.of(op, Shape.of(dims));
  }

  static Stream<Arguments> small() {
    return Stream.of(
        problem(Softmax.along(1), 1, 1000),
        problem(Softmax.along(1), 8, 1000),
        problem(Hardmax.along(1), 1, 1000),
        problem(new Reduce(Reduce.Kind.MEAN, List.of(1), true, false), 1, 2048),
        problem(GlobalPool2d.AVERAGE, 1, 512, 7, 7),
        problem(new Lrn(5, 1e-4f, 0.75f, 1), 1, 64, 14, 14));
  }

  @ParameterizedTest
  @MethodSource("small")
  void everyTwinIsFaster(Op op, Shape x) {
    for (String name : ShippedProfiles.names()) {
      DeviceProfile device = ShippedProfiles.find(name).orElseThrow();
      double best = Double.POSITIVE_INFINITY;
      double oneLane = Double.POSITIVE_INFINITY;
      for (Kernel kernel : GpuKernels.table().of(op)) {
        List<Fact> in = List.of(Fact.of(x));
        if (kernel.offer(in, op.infer(in), device) instanceof Offer.Accept accept) {
          double seconds = accept.seconds();
          best = kernel instanceof OneItemAGroup ? best : Math.min(best, seconds);
          oneLane = kernel instanceof OneItemAGroup ? Math.min(oneLane, seconds) : oneLane;
        }
      }
      assertThat(best).as(op + " on " + device.name()).isLessThan(oneLane);
    }
  }
}
