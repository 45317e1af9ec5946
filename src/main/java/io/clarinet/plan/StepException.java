package io.clarinet.plan;

/** Values that a node cannot compute with, such as an index beyond an extent. */
public final class StepException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the node and its operator
   */
  public StepException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, with the model named first. */
  public StepException in(String model) {
    return new StepException(model + ": " + getMessage(), this);
  }
}
