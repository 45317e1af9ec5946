package io.clarinet.kernel;

/** Waits to the end; an interruption meanwhile is seen after it. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * What to wait for; begun anew after an interruption.
   *
   * @param <E> how it fails
   */
  @FunctionalInterface
  public interface Wait<E extends Exception> {
    void await() throws InterruptedException, E;
  }

  /** Waits, and interrupts this thread afterwards if somebody did meanwhile. */
  public static <E extends Exception> void await(Wait<E> wait) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          wait.await();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
