package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Binary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code opencl/cpu/binary_blocked.cl}: a function of two images, either of which may lack the
 * batch, the channels or all pixels. A constant of lower rank is packed as an image.
 */
public record BinaryBlocked(Binary op) implements Kernel {
  @Override
  public String name() {
    return "binary_blocked";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    MemoryBound offer = MemoryBound.blocked(device, inputs, outputs);
    packed(inputs, device).forEach(offer::packed);
    return offer
        .launch(
            name(),
            defines(device),
            MemoryBound.runs(y, device),
            arguments(inputs, outputs, device))
        .accept();
  }

  /** The constants among the operands. */
  public List<Offer.Packed> packed(List<Fact> inputs, DeviceProfile device) {
    return IntStream.range(0, 2)
        .filter(i -> inputs.get(i).isConstant())
        .mapToObj(i -> Offer.Packed.of(i, packing(inputs.get(i), device)))
        .toList();
  }

  private static PackedImage packing(Fact constant, DeviceProfile device) {
    return new PackedImage(image(constant), device.channelBlock());
  }

  /** The arguments, which the twin for GPUs has too. */
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape y = outputs.get(0).shape();
    Arguments arguments = new Arguments();
    int packed = 0;
    for (int i = 0; i < 2; i++) {
      if (inputs.get(i).isConstant()) {
        arguments.packedView(packed++, packing(inputs.get(i), device).batchStride());
      } else {
        arguments.input(i);
      }
    }
    arguments.output().ints(y.c(), y.h() * y.w());
    for (Fact input : inputs) {
      Shape x = image(input);
      arguments.ints(x.c(), x.h() * x.w(), x.n() > 1 ? 1 : 0);
    }
    return arguments.floats(op.lo(), op.hi());
  }

  /** The defines of both binary kernels. */
  public Map<String, String> defines(DeviceProfile device) {
    return BinaryPlain.defines(op, device);
  }

  /** Declines what cannot be broadcast in channel blocks. */
  public static Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    List<Fact> computed = inputs.stream().filter(f -> !f.isConstant()).toList();
    Offer.Decline declined = Declines.unlessImages(MemoryBound.all(computed, outputs));
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    boolean fit = inputs.stream().allMatch(f -> pixelsFit(image(f), y));
    return fit ? null : new Offer.Decline("an operand has some of the pixels, neither all nor one");
  }

  private static boolean pixelsFit(Shape x, Shape y) {
    return (x.h() == 1 && x.w() == 1) || (x.h() == y.h() && x.w() == y.w());
  }

  /** The shape with ones in front up to rank 4. */
  private static Shape image(Fact fact) {
    int[] dims = fact.shape().dims();
    int missing = 4 - dims.length;
    return Shape.of(
        IntStream.concat(IntStream.generate(() -> 1).limit(missing), Arrays.stream(dims))
            .toArray());
  }
}
