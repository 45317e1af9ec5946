package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Puts together the offer of {@code opencl/cpu/row_norm.cl}: rows of a plain value, each brought to
 * mean 0 and variance 1, then scaled and shifted by constants.
 *
 * @param rows rows of a batch item
 * @param length elements of a row
 * @param factors scales, and shifts, of a row; its elements have them in equal runs
 * @param shared whether all rows have the same, not each its own
 */
record RowNorm(int rows, int length, int factors, boolean shared, float epsilon) {

  Offer offer(String kernel, List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    if (!inputs.stream().skip(1).allMatch(Fact::isConstant)) {
      return new Offer.Decline("scale and shift must be constants to be packed");
    }
    boolean statistics = outputs.size() > 1;
    Map<String, String> defines = new HashMap<>(MemoryBound.block(device));
    defines.put("STATISTICS", statistics ? "1" : "0");
    Arguments arguments = new Arguments().input(0).output().packed(0).packed(1);
    if (statistics) {
      arguments.output(1).output(2);
    }
    arguments.ints(length, length / factors, shared ? 0 : factors).floats(epsilon);
    NdRange range = NdRange.items(rows, inputs.get(0).shape().dim(0));
    int all = shared ? factors : rows * factors;
    List<Integer> shifts = IntStream.range(2, inputs.size()).boxed().toList();
    return MemoryBound.plain(device, inputs, outputs)
        .packed(Offer.Packed.of(1, new Repeated(all)))
        .packed(new Offer.Packed(shifts, new Repeated(all)))
        .launch(new Launch("row_norm", defines, range, arguments.list()))
        .accept(1);
  }

  /** The elements as they are; one for all where there is but one, zeros where there is none. */
  private record Repeated(int floats) implements Packing {
    @Override
    public long bytes() {
      return 4L * floats;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (Tensor source : sources) {
        float[] values = source.toFloatArray();
        if (values.length == 1) {
          float only = values[0];
          values = new float[floats];
          Arrays.fill(values, only);
        }
        packed.asFloatBuffer().put(values);
      }
    }
  }
}
