package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.HalfFloat;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/**
 * Plain float32 as elements of another type, as halves go out. One thread writes all, as neighbours
 * share a float of the array.
 */
record CastFromFloat() implements Kernel {
  private static final Set<ElementType> TYPES =
      Set.of(
          ElementType.FLOAT16,
          ElementType.BFLOAT16,
          ElementType.FLOAT64,
          ElementType.UINT8,
          ElementType.INT32,
          ElementType.INT64,
          ElementType.BOOL);

  @Override
  public String name() {
    return "cast_from_float";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    ElementType type = outputs.get(0).type();
    if (!TYPES.contains(type) || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return new Offer.Decline(inputs.get(0).type() + " to " + type);
    }
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Rounding work = new Rounding(type, ElementRuns.plain(inputs.get(0).shape()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  private record Rounding(ElementType type, ElementRuns runs) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      View x = arguments.input(0);
      View y = arguments.output(0);
      for (int task = 0; task < runs.tasks(); task++) {
        int at = runs.start(x, task);
        int to = runs.start(y, task);
        for (int i = 0; i < runs.count(task); i++) {
          put(y.data(), to + i, x.data()[at + i]);
        }
      }
    }

    private void put(float[] to, int i, float v) {
      switch (type) {
        case FLOAT16 -> ElementBits.put(to, i, Short.SIZE, HalfFloat.fromFloat(v));
        case BFLOAT16 -> ElementBits.put(to, i, Short.SIZE, HalfFloat.toBfloat16(v));
        case UINT8 -> ElementBits.put(to, i, Byte.SIZE, (int) (long) v);
        case BOOL -> ElementBits.put(to, i, Byte.SIZE, v != 0 ? 1 : 0);
        case INT32 -> to[i] = Float.intBitsToFloat((int) (long) v);
        case INT64 -> ElementBits.put(to, i, (long) v);
        case FLOAT64 -> ElementBits.put(to, i, Double.doubleToRawLongBits(v));
        default -> throw new IllegalStateException("not offered: " + type);
      }
    }
  }
}
