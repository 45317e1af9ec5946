package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.BatchNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What kernels read of a batch normalisation's statistics: a factor and an addend a channel. */
public final class BatchNormFactors {
  private static final List<Integer> STATISTICS = List.of(1, 2, 3, 4);

  private BatchNormFactors() {}

  /** Declines what is no image, or whose statistics are not known in advance. */
  public static Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    boolean known = inputs.subList(1, 5).stream().allMatch(Fact::isConstant);
    Offer.Decline declined = Declines.unlessImages(outputs);
    return declined == null && !known
        ? new Offer.Decline("the statistics must be constants to be packed")
        : declined;
  }

  /** The factor of each channel, zeros up to {@code floats}. */
  public static Offer.Packed factors(BatchNorm op, int channels, int floats) {
    return new Offer.Packed(STATISTICS, new Factors(op, channels, floats));
  }

  /** The addend of each channel, zeros up to {@code floats}. */
  public static Offer.Packed addends(BatchNorm op, int channels, int floats) {
    return new Offer.Packed(STATISTICS, new Addends(op, channels, floats));
  }

  private record Factors(BatchNorm op, int channels, int floats) implements Packing {
    @Override
    public long bytes() {
      return 4L * floats;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (int c = 0; c < channels; c++) {
        packed.putFloat(4 * c, (float) op.factor(sources, c));
      }
    }
  }

  private record Addends(BatchNorm op, int channels, int floats) implements Packing {
    @Override
    public long bytes() {
      return 4L * floats;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (int c = 0; c < channels; c++) {
        packed.putFloat(4 * c, (float) op.offset(sources, c));
      }
    }
  }
}
