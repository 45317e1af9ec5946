package io.clarinet.plan;

/**
 * Memory needed for a range of steps.
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
