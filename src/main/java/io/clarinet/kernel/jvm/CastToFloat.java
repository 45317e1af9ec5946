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

/** Plain elements of another type as float32, as pictures and halves come in. */
record CastToFloat() implements Kernel {
  private static final Set<ElementType> TYPES =
      Set.of(
          ElementType.UINT8,
          ElementType.INT8,
          ElementType.FLOAT16,
          ElementType.BFLOAT16,
          ElementType.FLOAT64,
          ElementType.INT32,
          ElementType.INT64,
          ElementType.BOOL);

  @Override
  public String name() {
    return "cast_to_float";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Fact x = inputs.get(0);
    if (outputs.get(0).type() != ElementType.FLOAT32
        || !TYPES.contains(x.type())
        || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return new Offer.Decline(x.type() + " to " + outputs.get(0).type());
    }
    Offer.Decline declined = Declines.unlessCounted(inputs);
    if (declined != null) {
      return declined;
    }
    Widening work = new Widening(x.type(), ElementRuns.plain(x.shape()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  private record Widening(ElementType type, ElementRuns runs) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments.input(0), arguments.output(0), task));
    }

    private void task(View x, View y, int task) {
      float[] from = x.data();
      float[] to = y.data();
      int at = runs.start(x, task);
      int first = runs.start(y, task);
      for (int i = 0; i < runs.count(task); i++) {
        to[first + i] = element(from, at + i);
      }
    }

    private float element(float[] from, int i) {
      return switch (type) {
        case UINT8, BOOL -> ElementBits.get(from, i, Byte.SIZE) & 0xff;
        case INT8 -> (byte) ElementBits.get(from, i, Byte.SIZE);
        case FLOAT16 -> HalfFloat.toFloat((short) ElementBits.get(from, i, Short.SIZE));
        case BFLOAT16 -> HalfFloat.bfloat16((short) ElementBits.get(from, i, Short.SIZE));
        case INT32 -> Float.floatToRawIntBits(from[i]);
        case INT64 -> ElementBits.get(from, i);
        case FLOAT64 -> (float) Double.longBitsToDouble(ElementBits.get(from, i));
        default -> throw new IllegalStateException("not offered: " + type);
      };
    }
  }
}
