package io.clarinet.tensor;

/**
 * An output's shape depends on the value of an input, which is not known yet: the operator is right
 * and can be inferred once the value is.
 */
public final class UnknownValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public UnknownValueException(String message) {
    super(message);
  }
}
