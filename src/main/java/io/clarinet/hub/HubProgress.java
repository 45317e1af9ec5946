package io.clarinet.hub;

/** Whoever wants to know how far a fetch is. */
public interface HubProgress {
  /** Nobody. */
  HubProgress NONE = new HubProgress() {};

  /**
   * A file begins to be fetched.
   *
   * @param have bytes of it that an earlier run has left
   */
  default void begin(HubFile file, long have) {}

  /** So many bytes of that file have come; fewer than before where it began anew. */
  default void at(long have) {}
}
