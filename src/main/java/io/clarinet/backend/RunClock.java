package io.clarinet.backend;

/** Times the parts of one run, which begins with it. */
public final class RunClock {
  private final long origin = System.nanoTime();

  /** When the run began, as {@link System#nanoTime} tells. */
  public long origin() {
    return origin;
  }

  /** Does a piece of work that has ended when it returns. */
  public Span time(Span.Kind kind, int step, String name, Runnable work) {
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) * 1e-9;
    return new Span(kind, step, name, (start - origin) * 1e-9, seconds);
  }
}
