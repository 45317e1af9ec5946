package io.clarinet.plan;

/** A graph that cannot be planned for a device. */
public final class PlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message is one line. */
  public PlanException(String message) {
    super(message);
  }
}
