package io.clarinet.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Waits until this process' threads rest. An engine's workers may go on spinning for work long
 * after its answer is there (ONNX Runtime's do for some 20 ms), on the cores that the other engine
 * is timed on.
 */
final class RestingCores {
  /** The process' own time is counted in ticks of 10 ms. */
  private static final long STEP_MILLIS = 30;

  private static final int MOST_STEPS = 16;
  private static final double BUSY_SHARE = 0.5;

  private RestingCores() {}

  /** Returns once one step has passed with the cores at rest, or after half a second. */
  static void await() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    boolean busy = true;
    for (int i = 0; busy && i < MOST_STEPS; i++) {
      long cpu = system.getProcessCpuTime();
      long wall = System.nanoTime();
      sleep();
      busy = system.getProcessCpuTime() - cpu > BUSY_SHARE * (System.nanoTime() - wall);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
