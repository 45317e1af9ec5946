package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Rows of weights in their own order, each with zeros behind it up to whole {@link FourTerms}.
 *
 * @param rows one for each output channel
 * @param terms of a row
 */
record RowPacking(int rows, int terms) implements ArrayPacking {

  /** Elements of a packed row. */
  int length() {
    return ceilDiv(terms, FourTerms.COUNT) * FourTerms.COUNT;
  }

  @Override
  public long bytes() {
    return 4L * rows * length();
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {
    FloatBuffer from = TilePacking.floats(sources.get(0));
    for (int row = 0; row < rows; row++) {
      from.get(row * terms, packed, at + row * length(), terms);
    }
  }
}
