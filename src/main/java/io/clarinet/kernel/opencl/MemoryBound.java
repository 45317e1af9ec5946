package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the offer of launches whose time is that of reading every input and writing every
 * output once, all in one layout.
 */
public final class MemoryBound {
  /**
   * Work-items a core, so that a core that is disturbed does not hold the others up. No measurement
   * of it is on record.
   */
  public static final int ITEMS_PER_CORE = 8;

  /** Pixels of a run: {@code RUN} of all kernels that go by runs, but {@code lrn}. */
  public static final int RUN = 256;

  private final DeviceProfile device;
  private final List<Fact> inputs;
  private final List<Fact> outputs;
  private final Layout layout;
  private final List<Launch> launches = new ArrayList<>();
  private final List<Offer.Packed> packed = new ArrayList<>();
  private List<Long> scratchBytes = List.of();
  private @Nullable IndexCheck check;
  private double flops;

  private MemoryBound(DeviceProfile device, List<Fact> inputs, List<Fact> outputs, Layout layout) {
    this.device = device;
    this.inputs = inputs;
    this.outputs = outputs;
    this.layout = layout;
  }

  /** An offer on values in the device's channel blocks. */
  public static MemoryBound blocked(DeviceProfile device, List<Fact> inputs, List<Fact> outputs) {
    return new MemoryBound(device, inputs, outputs, device.blocked());
  }

  /** An offer on plain values. */
  public static MemoryBound plain(DeviceProfile device, List<Fact> inputs, List<Fact> outputs) {
    return new MemoryBound(device, inputs, outputs, Layout.PLAIN);
  }

  /** The inputs' facts and the output's. */
  public static List<Fact> all(List<Fact> inputs, List<Fact> outputs) {
    List<Fact> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    return all;
  }

  /** Work-items for runs of pixels of every channel block of an image. */
  public static NdRange runs(Shape image, DeviceProfile device) {
    return NdRange.items(blocks(image.c(), device), ceilDiv(image.h() * image.w(), RUN), image.n());
  }

  public static int blocks(int channels, DeviceProfile device) {
    return ceilDiv(channels, device.channelBlock());
  }

  /**
   * The number of {@code rows} that a work-item takes so that all cores are busy.
   *
   * @param others work-items for each run of rows
   */
  public static int rows(int rows, long others, DeviceProfile device) {
    long wanted = ceilDiv(ITEMS_PER_CORE * (long) device.limits().computeUnits(), others);
    return ceilDiv(rows, (int) Math.max(1, Math.min(rows, wanted)));
  }

  /** Defines that hold the channel block, or the width of vectors, and nothing else. */
  public static Map<String, String> block(DeviceProfile device) {
    return Map.of("C", Integer.toString(device.channelBlock()));
  }

  /** Adds constants to be packed, under the next index. */
  public MemoryBound packed(Offer.Packed constants) {
    packed.add(constants);
    return this;
  }

  /** Scratch regions that the launches share. */
  public MemoryBound scratch(Long... bytes) {
    scratchBytes = List.of(bytes);
    return this;
  }

  /** Has the indices checked that the launches read. */
  public MemoryBound checked(IndexCheck indices) {
    check = indices;
    return this;
  }

  /** Adds the launches' arithmetic, which may bound them instead. */
  public MemoryBound flops(double count) {
    flops = count;
    return this;
  }

  public MemoryBound launch(
      String kernel, Map<String, String> defines, NdRange range, Arguments arguments) {
    return launch(new Launch(kernel, defines, range, arguments.list()));
  }

  public MemoryBound launch(Launch launch) {
    launches.add(launch);
    return this;
  }

  /** The offer; only the first {@code read} inputs lie in memory, the others are constants. */
  public Offer accept(int read) {
    List<Layout> layouts = new ArrayList<>(Collections.nCopies(inputs.size(), Layout.PLAIN));
    Collections.fill(layouts.subList(0, read), layout);
    long floats = outputs.stream().mapToLong(f -> layout.elements(f.shape())).sum();
    for (Fact input : inputs.subList(0, read)) {
      floats += input.shape().size();
    }
    return new Offer.Accept(
        new Work.Launches(launches, check),
        layouts,
        Collections.nCopies(outputs.size(), layout),
        packed,
        scratchBytes,
        device.seconds(flops, 4.0 * floats));
  }

  /** The offer, all inputs in memory. */
  public Offer accept() {
    return accept(inputs.size());
  }
}
