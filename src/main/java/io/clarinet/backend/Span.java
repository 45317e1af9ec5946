package io.clarinet.backend;

/**
 * A stretch of time within one run of a plan.
 *
 * @param step index of the step that it belongs to; {@link #NO_STEP} for graph inputs and outputs
 * @param name the kernel that ran, or the value that moved
 * @param start seconds since the run began
 */
public record Span(Kind kind, int step, String name, double start, double seconds) {
  public static final int NO_STEP = -1;

  /** Kinds of activity. */
  public enum Kind {
    UPLOAD,
    KERNEL,
    HOST,
    DOWNLOAD
  }
}
