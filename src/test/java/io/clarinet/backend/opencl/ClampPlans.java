package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.HandMadePlans.device;
import static io.clarinet.backend.HandMadePlans.packed;
import static io.clarinet.backend.HandMadePlans.plan;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Plans of one small kernel. */
final class ClampPlans {
  private ClampPlans() {}

  /** y = clamp(x, lo, hi), by {@code unary.cl} over plain values. */
  static Step clamp(String node, Step.Operand x, Place y, float lo, float hi) {
    int elements = (int) y.shape().size(1, y.shape().rank());
    Launch launch =
        new Launch(
            "unary",
            Map.of("C", "4"),
            NdRange.items(1, (elements + 1023) / 1024, y.shape().n()),
            List.of(
                new Arg.Input(0),
                new Arg.Output(0),
                new Arg.Int(0),
                new Arg.Int(elements),
                new Arg.Float(lo),
                new Arg.Float(hi)));
    return device(node, launch, List.of(x), List.of(y), List.of());
  }

  /** One clamp of the only input into the only output, both alone. */
  static Plan clampPlan(DeviceProfile device, Shape shape, float lo, float hi) {
    Place x = alone(0, shape);
    Place y = alone(4096, shape);
    Step step = clamp("clamp", new Step.Operand.At(x), y, lo, hi);
    return plan(device, List.of(x), List.of(y), List.of(step), 1 << 16, List.of());
  }

  /** The clamp of a packed constant: no input. */
  static Plan packedPlan(DeviceProfile device, PackedConstant constant, Shape shape) {
    Place x = packed(shape);
    Place y = alone(0, shape);
    Step step = clamp("clamp", new Step.Operand.At(x), y, -1, 1);
    return plan(device, List.of(), List.of(y), List.of(step), 1 << 12, List.of(constant));
  }
}
