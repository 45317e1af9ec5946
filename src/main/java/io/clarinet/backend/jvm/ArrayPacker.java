package io.clarinet.backend.jvm;

import io.clarinet.backend.SharedConstants;
import io.clarinet.kernel.ArrayPacking;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Packs constants into arrays of floats, on all threads of a pool. */
record ArrayPacker(WorkerPool pool) implements SharedConstants.Packer<float[]> {

  @Override
  public List<float[]> pack(List<PackedConstant> largestFirst) {
    List<float[]> arrays =
        largestFirst.stream()
            .map(c -> FloatBytes.room(c.packing().bytes(), "a packed constant"))
            .toList();
    pool.begin();
    try {
      pool.parallel(arrays.size(), i -> pack(largestFirst.get(i), arrays.get(i)));
    } finally {
      pool.end();
    }
    return arrays;
  }

  private static void pack(PackedConstant constant, float[] values) {
    List<Tensor> sources = constant.sources().stream().map(Constant::tensor).toList();
    if (constant.packing() instanceof ArrayPacking packing) {
      packing.pack(sources, values);
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(constant.packing().bytes()));
    constant.packing().pack(sources, bytes.order(ByteOrder.nativeOrder()));
    FloatBytes.put(bytes.clear().order(ByteOrder.nativeOrder()), values, 0);
  }

  /** Left to the garbage collector. */
  @Override
  public void drop(float[] packed) {}
}
