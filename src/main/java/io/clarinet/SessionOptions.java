package io.clarinet;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.pass.HalveDenseWeights;
import io.clarinet.pass.Passes;

/**
 * Options of a session.
 *
 * @param weights the weights' precision in memory, which changes the answers
 * @param planMemory bytes that the plans of all shapes may take together, those in use included: a
 *     session plans once for each shape of its inputs, and keeps what fits. 0 stands for a quarter
 *     of the device's memory, at most a gigabyte. A plan's bytes are those of its values, for each
 *     run that can be in flight, and some kilobytes a step on the host. Weights are not counted:
 *     they are packed once for all shapes. A shape that needs more than this runs when no other
 *     does.
 * @param mostWaiting runs of {@link Session#runAsync} that may wait for their turn, which keeps
 *     their inputs in memory; more are refused
 */
public record SessionOptions(Weights weights, long planMemory, int mostWaiting) {
  private static final int SHARE = 4;
  private static final long MOST = 1L << 30;
  private static final int MANY = 100;

  /** Everything as the model says. */
  public static final SessionOptions EXACT = new SessionOptions(Weights.FP32, 0, MANY);

  public SessionOptions {
    if (planMemory < 0) {
      throw new IllegalArgumentException("plan memory: " + planMemory + " bytes");
    }
    if (mostWaiting < 1) {
      throw new IllegalArgumentException("waiting runs: at least 1, not " + mostWaiting);
    }
  }

  /** The precision of weights in memory; arithmetic is always float32. */
  public enum Weights {
    /** The model's own precision. */
    FP32,
    /**
     * Weights of dense layers rounded to half precision, which halves what an OpenCL device must
     * read for them; on the CPU through the JVM they are rounded too, and gain nothing.
     */
    FP16
  }

  /** With weights kept in another precision. */
  public SessionOptions withWeights(Weights other) {
    return new SessionOptions(other, planMemory, mostWaiting);
  }

  /** With another bound on the memory of plans, in bytes; 0 for the device's own. */
  public SessionOptions withPlanMemory(long bytes) {
    return new SessionOptions(weights, bytes, mostWaiting);
  }

  /** With another bound on the runs that wait, at least 1; 100 if nothing is said. */
  public SessionOptions withMostWaiting(int runs) {
    return new SessionOptions(weights, planMemory, runs);
  }

  /** The rewrites of a graph that these options want. */
  Passes passes() {
    return weights == Weights.FP16
        ? Passes.standard().and(new HalveDenseWeights())
        : Passes.standard();
  }

  /** The bound on the memory of plans. */
  long planMemory(DeviceProfile device) {
    return planMemory > 0
        ? planMemory
        : Math.min(device.limits().globalMemoryBytes() / SHARE, MOST);
  }
}
