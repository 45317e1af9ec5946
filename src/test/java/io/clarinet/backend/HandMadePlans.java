package io.clarinet.backend;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
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

/** Plans without a planner, over one arena: what the backend must run, and nothing more. */
public final class HandMadePlans {
  private HandMadePlans() {}

  public static Place plain(long byteOffset, long batchStride, Shape shape) {
    return new Place(
        Place.Space.ARENA, 0, byteOffset, batchStride, Layout.PLAIN, ElementType.FLOAT32, shape);
  }

  public static Place alone(long byteOffset, Shape shape) {
    return plain(byteOffset, Layout.PLAIN.batchStride(shape), shape);
  }

  public static Plan plan(
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

  public static Step device(
      String node,
      Launch launch,
      List<Step.Operand> inputs,
      List<Place> outputs,
      List<Integer> packed) {
    Work work = new Work.Launches(List.of(launch));
    return step(node, launch.kernel(), new Step.Action.Device(work), inputs, outputs, packed);
  }

  public static Step host(String node, HostFunction function, Place x, Place y) {
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

  /** The one packed constant of a plan. */
  public static Place packed(Shape shape) {
    return new Place(
        Place.Space.PACKED,
        0,
        0,
        Layout.PLAIN.batchStride(shape),
        Layout.PLAIN,
        ElementType.FLOAT32,
        shape);
  }

  /** Copies floats as they are, {@code floats} of room, the rest left zero. */
  public record Copy(int floats) implements Packing {
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
