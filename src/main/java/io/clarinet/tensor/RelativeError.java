package io.clarinet.tensor;

/** The relative error of a tensor y against a reference r: max|y − r| / max|r|. */
public final class RelativeError {
  private RelativeError() {}

  /**
   * The relative error; the largest difference itself where all of the reference is zero.
   *
   * @return NaN if any element of y is NaN and r's is not, or the other way round; infinity if any
   *     is infinite and the other not the same
   * @throws IllegalArgumentException if the tensors have not as many elements
   */
  public static double of(Tensor y, Tensor r) {
    if (y.shape().size() != r.shape().size()) {
      throw new IllegalArgumentException(y + " cannot be compared with " + r);
    }
    double worst = 0;
    for (long i = 0; i < r.shape().size(); i++) {
      double have = y.doubleAt(i);
      double want = r.doubleAt(i);
      if (Double.isNaN(have) != Double.isNaN(want)) {
        return Double.NaN;
      }
      if (have != want && !Double.isNaN(want)) {
        worst = Math.max(worst, Math.abs(have - want));
      }
    }
    double scale = largest(r);
    return scale == 0 ? worst : worst / scale;
  }

  /** The largest finite magnitude; 0 if there is none. */
  public static double largest(Tensor tensor) {
    double largest = 0;
    for (long i = 0; i < tensor.shape().size(); i++) {
      double magnitude = Math.abs(tensor.doubleAt(i));
      largest = Double.isFinite(magnitude) ? Math.max(largest, magnitude) : largest;
    }
    return largest;
  }
}
