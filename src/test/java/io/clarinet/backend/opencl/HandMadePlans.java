package io.clarinet.backend.opencl;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Packing;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.Binding;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Plans without a planner, over one arena: what the backend must run, and nothing more. */
final class HandMadePlans {
  private HandMadePlans() {}

  static Place plain(long byteOffset, long batchStride, Shape shape) {
    return new Place(
        Place.Space.ARENA, 0, byteOffset, batchStride, Layout.PLAIN, ElementType.FLOAT32, shape);
  }

  static Place alone(long byteOffset, Shape shape) {
    return plain(byteOffset, Layout.PLAIN.batchStride(shape), shape);
  }

  static Plan plan(
      DeviceProfile device,
      List<Place> inputs,
      List<Place> outputs,
      List<Step> steps,
      long arenaBytes,
      List<PackedConstant> packed) {
    return new Plan(
        device,
        inputs.stream().map(p -> new Binding("x", p)).toList(),
        outputs.stream().map(p -> new Binding("y", p)).toList(),
        steps,
        List.of(arenaBytes),
        packed);
  }

  /** y = clamp(x, lo, hi), by {@code unary.cl} over plain values. */
  static Step clamp(String node, Step.Operand x, Place y, float lo, float hi) {
    int elements = (int) y.shape().size(1, y.shape().rank());
    Launch launch =
        new Launch(
            "unary",
            Map.of("C", "4"),
            NdRange.items((elements + 1023) / 1024, 1, y.shape().n()),
            List.of(
                new Arg.Input(0),
                new Arg.Output(0),
                new Arg.Int(0),
                new Arg.Int(elements),
                new Arg.Float(lo),
                new Arg.Float(hi)));
    return device(node, launch, List.of(x), List.of(y), List.of());
  }

  static Step device(
      String node,
      Launch launch,
      List<Step.Operand> inputs,
      List<Place> outputs,
      List<Integer> packed) {
    Work work = new Work.Launches(List.of(launch));
    return step(node, launch.kernel(), new Step.Action.Device(work), inputs, outputs, packed);
  }

  static Step host(String node, HostFunction function, Place x, Place y) {
    return step(
        node,
        "host",
        new Step.Action.Host(function),
        List.of(new Step.Operand.At(x)),
        List.of(y),
        List.of());
  }

  private static Step step(
      String node,
      String kernel,
      Step.Action action,
      List<Step.Operand> inputs,
      List<Place> outputs,
      List<Integer> packed) {
    Step.Layer layer = new Step.Layer(node, null, Step.Layer.NO_NODE, 0);
    return new Step(
        node, layer, "Test", kernel, action, inputs, outputs, packed, List.of(), 0, List.of());
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
    Place x =
        new Place(
            Place.Space.PACKED,
            0,
            0,
            Layout.PLAIN.batchStride(shape),
            Layout.PLAIN,
            ElementType.FLOAT32,
            shape);
    Place y = alone(0, shape);
    Step step = clamp("clamp", new Step.Operand.At(x), y, -1, 1);
    return plan(device, List.of(), List.of(y), List.of(step), 1 << 12, List.of(constant));
  }

  /** Copies floats as they are, {@code floats} of room, the rest left zero. */
  record Copy(int floats) implements Packing {
    @Override
    public long bytes() {
      return 4L * floats;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      packed.asFloatBuffer().put(sources.get(0).floats());
    }
  }
}
