package io.clarinet.examples;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.SessionMemory;
import io.clarinet.SessionOptions;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;

/** Tells the memory that a session holds, and bounds that of its plans. */
public final class Memory {
  private static final long BOUND = 2 << 20;

  private Memory() {}

  public static void main(String[] arguments) throws IOException {
    SessionOptions options = SessionOptions.EXACT.withPlanMemory(BOUND);
    try (Session session = Model.bundled().open(Device.standard(), options)) {
      for (int batch = 1; batch <= 8; batch++) {
        session.run(Tensor.zeros(Shape.of(batch, 3, 32, 32)));
        SessionMemory memory = session.memory();
        System.out.printf(
            "batch %d: %d plans, %,d bytes on the device, %,d on the host%n",
            batch, memory.plans(), memory.deviceBytes(), memory.hostBytes());
        Check.that(memory.weightBytes() > 0, "weights are packed once for all plans");
        Check.that(
            memory.plans() >= 1 && memory.plans() <= batch, "a plan for each shape that fits");
      }
      Check.that(session.memory().plans() < 8, "old plans gave way");
    }
  }
}
