package io.clarinet;

import com.sun.management.ThreadMXBean;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints the heap bytes that a run of ResNet-18 leaves besides its results, into new tensors or
 * into the caller's, once the JIT has compiled all of it. A program, since the JVM of the tests has
 * run every variant of every kernel, which no user's has, and the JIT optimises less there.
 */
final class AllocationProgram {
  private static final int ATTEMPTS = 60;
  private static final int RUNS = 10;
  private static final long ENOUGH = 10_000;

  private AllocationProgram() {}

  /**
   * @param cache its folder of what is kept from one start to the next
   */
  static String inFreshJvm(String device, Path cache) throws IOException, InterruptedException {
    return FreshJvm.output(List.of("-Dclarinet.cache=" + cache), AllocationProgram.class, device);
  }

  public static void main(String[] arguments) {
    try (Session session = Model.zoo("resnet18").open(Device.find(arguments[0]))) {
      Tensor input = Tensor.zeros(Shape.of(1, 3, 224, 224));
      List<Tensor> inputs = List.of(input);
      List<Tensor> outputs = List.of(session.run(input));
      System.out.println(
          Math.max(least(() -> session.run(input)), least(() -> session.run(inputs, outputs))));
    }
  }

  private static long least(Runnable run) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && least >= ENOUGH; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        run.run();
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / RUNS);
    }
    return least;
  }
}
