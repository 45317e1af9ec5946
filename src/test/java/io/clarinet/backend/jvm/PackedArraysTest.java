package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.kernel.Packing;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PackedArraysTest {
  private static final Tensor SOURCE = Tensor.of(Shape.of(3), 1, 2, 3);

  /** Copies, or runs out of memory. */
  private record Copy(AtomicBoolean fails) implements Packing {
    @Override
    public long bytes() {
      return 3 * Float.BYTES;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer target) {
      if (fails.get()) {
        throw new OutOfMemoryError("heap");
      }
      target.put(sources.get(0).bytes());
    }
  }

  /** What was not packed is no constant of zeros for the next that asks. */
  @Test
  void afterAFailureItIsPackedAgain() {
    AtomicBoolean fails = new AtomicBoolean(true);
    List<PackedConstant> wanted = List.of(new PackedConstant(List.of(SOURCE), new Copy(fails)));
    try (WorkerPool pool = new WorkerPool(2)) {
      PackedArrays constants = new PackedArrays(pool);
      assertThatThrownBy(() -> constants.acquire(wanted)).isInstanceOf(OutOfMemoryError.class);
      fails.set(false);
      assertThat(constants.acquire(wanted).get(0)).containsExactly(1, 2, 3);
    }
  }
}
