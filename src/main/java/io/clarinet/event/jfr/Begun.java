package io.clarinet.event.jfr;

/**
 * An event that has begun.
 *
 * @param <E> the same as a listener is told
 */
public interface Begun<E> {

  /** Ends it, and records it if it still is of interest. */
  void record(E happened);
}
