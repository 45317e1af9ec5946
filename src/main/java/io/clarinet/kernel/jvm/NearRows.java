package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Own;

/**
 * A thread's own arrays for products in plain Java: {@link FourTerms} wants them apart.
 *
 * @param terms rows of a few terms, which stay in a core's first cache
 * @param sums that they are added to, in half of its own cache, and one for a last one's double
 */
record NearRows(PaddedPlane plane, float[][] terms, float[][] sums) {
  /** Terms whose rows are near. */
  static final int TERMS = 16;

  /** Sums of a task at most. */
  static final int SUMS = 128;

  /** Elements of a row: 2 kB and some. */
  static final int LENGTH = 512;

  /** Terms of one running sum. */
  static final int LONGEST_SUM = 512;

  static final Own<NearRows> OWN = new Own<>(NearRows::new);

  private NearRows() {
    this(new PaddedPlane(), FourTerms.rows(TERMS, LENGTH), FourTerms.rows(SUMS + 1, LENGTH));
  }
}
