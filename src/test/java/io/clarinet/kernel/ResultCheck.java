package io.clarinet.kernel;

import io.clarinet.op.Op;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Compares results with those of a reference.
 *
 * @param tolerance the largest error that floats may have; other elements must be equal
 * @param measure the error of a result against its reference
 */
record ResultCheck(double tolerance, ToDoubleBiFunction<Tensor, Tensor> measure) {

  /** Throws where a result is off, naming the output and the first element that is. */
  void require(List<Tensor> actual, List<Tensor> expected, String where) {
    for (int i = 0; i < expected.size(); i++) {
      boolean exact = expected.get(i).type() != ElementType.FLOAT32;
      double error = measure.applyAsDouble(actual.get(i), expected.get(i));
      if (!(error <= (exact ? 0 : tolerance))) {
        String off = first(actual.get(i), expected.get(i));
        throw new AssertionError(where + ": output " + i + " is wrong by " + error + off);
      }
    }
  }

  private static String first(Tensor actual, Tensor expected) {
    for (long i = 0; i < expected.shape().size(); i++) {
      double y = actual.doubleAt(i);
      double r = expected.doubleAt(i);
      if (Double.compare(y, r) != 0 && !(Math.abs(y - r) <= 1e-3 * Math.abs(r) + 1e-37)) {
        return "; element " + i + " of " + expected + " is " + y + ", not " + r;
      }
    }
    return "";
  }

  /** Throws where two runs gave other bits. */
  static void requireSameBits(Op op, List<Tensor> first, List<Tensor> second) {
    for (int i = 0; i < first.size(); i++) {
      if (!sameBits(first.get(i), second.get(i))) {
        throw new AssertionError(op + " gives other bits in a second run");
      }
    }
  }

  /** Compilers may choose which NaN an operation with two gives. */
  private static boolean sameBits(Tensor first, Tensor second) {
    return first.type() == ElementType.FLOAT32
        ? Arrays.equals(first.toFloatArray(), second.toFloatArray())
        : first.bytes().equals(second.bytes());
  }
}
