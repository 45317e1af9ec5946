package io.clarinet.backend.jvm;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.kernel.Packing;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Packed constants that executables share: each is made for its first user and dropped by its last.
 */
final class PackedArrays {
  private final WorkerPool pool;
  private final Map<PackedConstant, Shared> shared = new HashMap<>();

  /** A packed constant and how many executables hold it. */
  private static final class Shared {
    private final float[] values;
    private int users;

    Shared(float[] values) {
      this.values = values;
    }
  }

  PackedArrays(WorkerPool pool) {
    this.pool = pool;
  }

  /** The packed forms, those that are new made on all threads. */
  synchronized List<float[]> acquire(List<PackedConstant> wanted) {
    packMissing(wanted.stream().filter(c -> !shared.containsKey(c)).distinct().toList());
    wanted.forEach(c -> Objects.requireNonNull(shared.get(c)).users++);
    return wanted.stream().map(this::values).toList();
  }

  /** Shares all of them, or none where packing fails. */
  private void packMissing(List<PackedConstant> missing) {
    List<PackedConstant> largestFirst =
        missing.stream().sorted(Comparator.comparingLong(c -> -c.packing().bytes())).toList();
    List<float[]> arrays = largestFirst.stream().map(c -> new float[floats(c.packing())]).toList();
    pool.begin();
    try {
      pool.parallel(arrays.size(), i -> pack(largestFirst.get(i), arrays.get(i)));
    } finally {
      pool.end();
    }
    for (int i = 0; i < arrays.size(); i++) {
      shared.put(largestFirst.get(i), new Shared(arrays.get(i)));
    }
  }

  /** Gives up what {@link #acquire} gave for the same constants. */
  synchronized void release(List<PackedConstant> held) {
    for (PackedConstant constant : held) {
      if (--Objects.requireNonNull(shared.get(constant)).users == 0) {
        shared.remove(constant);
      }
    }
  }

  private float[] values(PackedConstant constant) {
    return Objects.requireNonNull(shared.get(constant)).values;
  }

  private static int floats(Packing packing) {
    long floats = (packing.bytes() + Float.BYTES - 1) / Float.BYTES;
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a packed constant of " + packing.bytes() + " bytes exceeds one array");
    }
    return (int) floats;
  }

  private static void pack(PackedConstant constant, float[] values) {
    List<Tensor> sources = constant.sources().stream().map(Constant::tensor).toList();
    if (constant.packing() instanceof ArrayPacking packing) {
      packing.pack(sources, values);
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(constant.packing().bytes()));
    constant.packing().pack(sources, bytes.order(ByteOrder.nativeOrder()));
    ArrayTransfer.storeBits(bytes.clear().order(ByteOrder.nativeOrder()), values, 0);
  }
}
