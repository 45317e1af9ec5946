package io.clarinet.plan;

/**
 * Memory that must be kept for a while.
 *
 * @param firstStep the first step that touches it
 * @param lastStep the last step that touches it
 */
public record Region(long bytes, int firstStep, int lastStep) {

  /** Whether some step needs both. */
  public boolean livesWith(Region other) {
    return firstStep <= other.lastStep && other.firstStep <= lastStep;
  }
}
