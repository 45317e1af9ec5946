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

  /**
   * Returns if all finite numbers of a tensor stay finite as float32.
   *
   * @param holder in words, for the error
   * @throws NarrowingException if one does not
   */
  public static void requireFinite(String holder, Tensor tensor) {
    for (long i = 0; i < tensor.shape().size(); i++) {
      double number = tensor.doubleAt(i);
      if (Double.isFinite(number) && Float.isInfinite((float) number)) {
        throw new NarrowingException(holder, number);
      }
    }
  }
}
