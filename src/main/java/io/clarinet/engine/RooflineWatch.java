package io.clarinet.engine;

import io.clarinet.backend.Backend;
import io.clarinet.backend.Executable;
import io.clarinet.backend.Span;
import io.clarinet.report.Roofline;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Watches for runs that are faster than the device was measured to be. Such a device was measured
 * while others were at work on it, and its measurement is to be taken again.
 *
 * @param floorSeconds lower bound of a run's seconds ({@link Roofline})
 */
record RooflineWatch(Executable executable, double floorSeconds, Backend backend)
    implements Executable {
  /** Share of the floor that clocks, caches and padding, which few kernels multiply, explain. */
  private static final double SLACK = 0.8;

  @Override
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    long start = System.nanoTime();
    executable.run(inputs, outputs);
    if ((System.nanoTime() - start) * 1e-9 < SLACK * floorSeconds) {
      backend.doubtProfile();
    }
  }

  @Override
  public List<List<Span>> trace(List<Tensor> inputs, List<Tensor> outputs, int rounds) {
    return executable.trace(inputs, outputs, rounds);
  }

  @Override
  public void close() {
    executable.close();
  }
}
