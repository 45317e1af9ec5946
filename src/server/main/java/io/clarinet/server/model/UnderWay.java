package io.clarinet.server.model;

/** Counts what is under way, so that what serves it closes after it. */
final class UnderWay {
  private int count;
  private boolean closed;

  /** Begins; false once it is closed. */
  synchronized boolean enter() {
    if (closed) {
      return false;
    }
    count++;
    return true;
  }

  /** Ends. */
  synchronized void leave() {
    count--;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Lets nothing begin any more, and waits for what has. */
  synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (count > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
