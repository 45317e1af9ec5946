package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.kernel.Work;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.FusedActivation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Puts together the offer of a convolution or dense layer: weights and bias are packed constants 0
 * and 1, sums are finished by {@code epilogue.clh}.
 */
public final class LayerOffer {
  private final FusedActivation op;
  private final Epilogue epilogue;
  private final int block;
  private final Layout layout;
  private Layout input;
  private final List<Launch> launches = new ArrayList<>();
  private List<Long> scratchBytes = List.of();

  private LayerOffer(FusedActivation op, Epilogue epilogue, DeviceProfile device, Layout layout) {
    this.op = op;
    this.epilogue = epilogue;
    this.block = device.channelBlock();
    this.layout = layout;
    this.input = layout;
  }

  /** An offer on images in the device's channel blocks. */
  public static LayerOffer of(Conv2d op, DeviceProfile device) {
    return new LayerOffer(op, op.epilogue(), device, device.blocked());
  }

  /** An offer on plain matrices. */
  public static LayerOffer of(Dense op, DeviceProfile device) {
    return new LayerOffer(op, op.epilogue(), device, Layout.PLAIN);
  }

  /** Makes the input plain, whatever the output is. */
  public LayerOffer readsPlain() {
    input = Layout.PLAIN;
    return this;
  }

  /**
   * The first arguments of most kernels: input, output, weights, and those that the epilogue reads.
   */
  public Arguments arguments() {
    return new Arguments().input(0).output().packed(0).addAll(epilogue());
  }

  /** {@code EPILOGUE_PARAMETERS} of {@code epilogue.clh}. */
  public Arguments epilogue() {
    boolean residual = epilogue.residual();
    return new Arguments()
        .packed(1)
        .input(residual ? epilogue.residualIndex() : 0)
        .ints(residual ? 1 : 0)
        .floats(op.lo(), op.hi());
  }

  /** A launch that finishes sums. */
  public LayerOffer launch(
      String kernel, Map<String, String> own, NdRange range, Arguments arguments) {
    return add(kernel, EpilogueDefines.of(op, block), own, range, arguments);
  }

  /** A launch that leaves the epilogue to another. */
  public LayerOffer unfinished(
      String kernel, Map<String, String> own, NdRange range, Arguments arguments) {
    return add(kernel, EpilogueDefines.none(block), own, range, arguments);
  }

  private LayerOffer add(
      String kernel,
      Map<String, String> defines,
      Map<String, String> own,
      NdRange range,
      Arguments arguments) {
    defines.putAll(own);
    launches.add(new Launch(kernel, defines, range, arguments.list()));
    return this;
  }

  /** Says of the last launch how many groups its price takes to be under way on a unit. */
  public LayerOffer resident(long groups) {
    int last = launches.size() - 1;
    launches.set(last, launches.get(last).withResident(groups));
    return this;
  }

  /** Scratch regions that the launches share. */
  public LayerOffer scratch(Long... bytes) {
    scratchBytes = List.of(bytes);
    return this;
  }

  /**
   * The offer.
   *
   * @param biasFloats elements of the packed bias, zeros behind the last channel
   */
  public Offer accept(Packing weights, int biasFloats, double seconds) {
    int count = epilogue.residualIndex() + (epilogue.residual() ? 1 : 0);
    List<Layout> inputs = new ArrayList<>(Collections.nCopies(count, layout));
    inputs.set(0, input);
    return new Offer.Accept(
        new Work.Launches(launches),
        inputs,
        List.of(layout),
        List.of(Offer.Packed.of(1, weights), ChannelVector.bias(epilogue.bias(), biasFloats)),
        scratchBytes,
        seconds);
  }
}
