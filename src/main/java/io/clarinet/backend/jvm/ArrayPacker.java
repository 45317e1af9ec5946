package io.clarinet.backend.jvm;

import io.clarinet.backend.SharedConstants;
import io.clarinet.kernel.ArrayPacking;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Packs constants into arrays of floats, on all threads of a pool. */
record ArrayPacker(WorkerPool pool) implements SharedConstants.Packer<View> {

  @Override
  public List<View> pack(List<PackedConstant> largestFirst) {
    List<Long> bytes = largestFirst.stream().map(c -> c.packing().bytes()).toList();
    List<View> rooms = AlignedRoom.of(bytes, "a packed constant");
    pool.begin();
    try {
      pool.parallel(rooms.size(), i -> pack(largestFirst.get(i), rooms.get(i)));
    } finally {
      pool.end();
    }
    return rooms;
  }

  private static void pack(PackedConstant constant, View room) {
    List<Tensor> sources = constant.sources().stream().map(Constant::tensor).toList();
    if (constant.packing() instanceof ArrayPacking packing) {
      packing.pack(sources, room.data(), room.offset());
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(constant.packing().bytes()));
    constant.packing().pack(sources, bytes.order(ByteOrder.nativeOrder()));
    bytes.clear().order(ByteOrder.nativeOrder());
    FloatBytes.put(bytes, room.data(), (long) Float.BYTES * room.offset());
  }

  /** Left to the garbage collector. */
  @Override
  public void drop(View packed) {}
}
