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
record BinaryBlocked(Binary op) implements Kernel {
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
    Arguments arguments = new Arguments();
    int packed = 0;
    for (int i = 0; i < 2; i++) {
      if (inputs.get(i).isConstant()) {
        PackedImage packing = new PackedImage(image(inputs.get(i)), device.channelBlock());
        offer.packed(Offer.Packed.of(i, packing));
        arguments.packedView(packed++, packing.batchStride());
      } else {
        arguments.input(i);
      }
    }
    arguments.output().ints(y.c(), y.h() * y.w());
    for (Fact input : inputs) {
      Shape x = image(input);
      arguments.ints(x.c(), x.h() * x.w(), x.n() > 1 ? 1 : 0);
    }
    Map<String, String> defines = EpilogueDefines.of(op, device.channelBlock());
    defines.put("OP(a, b)", op.kind().expression());
    return offer
        .launch(name(), defines, MemoryBound.runs(y, device), arguments.floats(op.lo(), op.hi()))
        .accept();
  }

  private static Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
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
