package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Reorder;
import io.clarinet.kernel.Work;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the offer of launches on a GPU, each priced by {@link GpuCost}. What the device
 * cannot launch is declined.
 */
final class GpuOffer {
  /** Float operations of a vector in kernels that move memory: its place and an activation. */
  private static final double FLOPS_OF_A_VECTOR = 32;

  private final DeviceProfile device;
  private final List<Fact> inputs;
  private final List<Fact> outputs;
  private final Layout input;
  private final Layout output;
  private final List<Launch> launches = new ArrayList<>();
  private final List<Offer.Packed> packed = new ArrayList<>();
  private List<Long> scratchBytes = List.of();
  private @Nullable IndexCheck check;
  private int read;
  private double seconds;
  private Offer.@Nullable Decline declined;

  private GpuOffer(
      DeviceProfile device, List<Fact> inputs, List<Fact> outputs, Layout input, Layout output) {
    this.device = device;
    this.inputs = inputs;
    this.outputs = outputs;
    this.input = input;
    this.output = output;
    this.read = inputs.size();
  }

  /** An offer on values in the device's channel blocks. */
  static GpuOffer blocked(DeviceProfile device, List<Fact> inputs, List<Fact> outputs) {
    return new GpuOffer(device, inputs, outputs, device.blocked(), device.blocked());
  }

  /** An offer on plain values. */
  static GpuOffer plain(DeviceProfile device, List<Fact> inputs, List<Fact> outputs) {
    return new GpuOffer(device, inputs, outputs, Layout.PLAIN, Layout.PLAIN);
  }

  /** An offer to bring values from one layout into another. */
  static GpuOffer reorder(DeviceProfile device, List<Fact> values, Reorder reorder) {
    return new GpuOffer(device, values, values, reorder.from(), reorder.to());
  }

  /** Only the first {@code count} inputs lie in memory; the others are constants. */
  GpuOffer reading(int count) {
    read = count;
    return this;
  }

  /** Adds constants to be packed, under the next index. */
  GpuOffer packed(Offer.Packed constants) {
    packed.add(constants);
    return this;
  }

  /** Scratch regions that the launches share. */
  GpuOffer scratch(Long... bytes) {
    scratchBytes = List.of(bytes);
    return this;
  }

  /** Has the indices checked that the launches read. */
  GpuOffer checked(IndexCheck indices) {
    check = indices;
    return this;
  }

  /** Bytes of the inputs in memory and of the outputs, each once. */
  double bytes() {
    double bytes = inputs.subList(0, read).stream().mapToDouble(GpuOffer::bytes).sum();
    for (Fact made : outputs) {
      bytes += 4.0 * output.elements(made.shape());
    }
    return bytes;
  }

  /** Bytes of the elements of one value. */
  static double bytes(Fact value) {
    return 4.0 * value.shape().size();
  }

  /**
   * A launch of one vector a work-item, {@code GROUP} of them a group, that moves {@link #bytes()}.
   *
   * @param vectors of one batch item
   * @param batch groups along dimension 2
   */
  GpuOffer launch(
      String kernel, Map<String, String> own, long vectors, int batch, Arguments arguments) {
    return launch(kernel, own, vectors, batch, arguments, bytes());
  }

  /** The same for a launch that moves some of the bytes. */
  GpuOffer launch(
      String kernel,
      Map<String, String> own,
      long vectors,
      int batch,
      Arguments arguments,
      double bytes) {
    int lanes = GpuRange.lanes(vectors * batch, device);
    return launch(
        kernel,
        GpuRange.defines(own, lanes),
        GpuRange.range(vectors, batch, lanes),
        arguments,
        GroupWork.streaming(lanes, FLOPS_OF_A_VECTOR * lanes),
        bytes);
  }

  /**
   * A launch of any kind.
   *
   * @param work of one group
   * @param bytes that come from or go to memory
   */
  GpuOffer launch(
      String kernel,
      Map<String, String> defines,
      NdRange range,
      Arguments arguments,
      GroupWork work,
      double bytes) {
    if (declined == null) {
      declined = GpuRange.declined(range, work, device);
    }
    GpuCost cost = new GpuCost(device);
    launches.add(
        new Launch(kernel, defines, range, arguments.list())
            .withResident(cost.resident(range, work)));
    seconds += cost.seconds(range.groups(), work, bytes);
    return this;
  }

  /** The offer. */
  Offer accept() {
    if (declined != null) {
      return declined;
    }
    List<Layout> layouts = new ArrayList<>(Collections.nCopies(inputs.size(), Layout.PLAIN));
    Collections.fill(layouts.subList(0, read), input);
    return new Offer.Accept(
        new Work.Launches(launches, check),
        layouts,
        Collections.nCopies(outputs.size(), output),
        packed,
        scratchBytes,
        seconds);
  }
}
