package io.clarinet.tensor;

/** A float64 number that float32 numbers, in which networks are computed, do not reach. */
public final class NarrowingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param holder of the number, in words
   */
  public NarrowingException(String holder, double number) {
    super(
        holder
            + " holds "
            + number
            + ", and networks are computed in float32, whose largest number is "
            + Float.MAX_VALUE);
  }
}
