package io.clarinet.train;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.LongStream;

/** Draws the training batches ahead of their use, on a thread of its own. */
final class Batches implements AutoCloseable {
  private static final int AHEAD = 4;

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread painter;

  Batches(Generator generator, int count) {
    painter = new Thread(() -> paint(generator, count), "painter");
    painter.setDaemon(true);
    painter.start();
  }

  Batch next() throws InterruptedException {
    return queue.take();
  }

  @Override
  public void close() {
    painter.interrupt();
  }

  private void paint(Generator generator, int count) {
    try {
      for (long n = 0; n < count; n++) {
        long first = n * Recipe.BATCH;
        LongStream numbers = LongStream.range(first, first + Recipe.BATCH);
        queue.put(Batch.of(numbers.mapToObj(generator::sample).toList()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
