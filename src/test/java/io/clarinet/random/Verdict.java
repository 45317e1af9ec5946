package io.clarinet.random;

import io.clarinet.TestTensors;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * What a check came to.
 *
 * @param failure what is wrong, if anything is
 * @param passedOver why the check does not take the problem, if it does not
 */
record Verdict(Optional<String> failure, Optional<String> passedOver) {
  /** Largest relative error of a float32 tensor; everything else must be equal. */
  static final double TOLERANCE = 1e-4;

  /** Runs a check. */
  static Verdict of(Check check, Problem problem) {
    try {
      return new Verdict(wrong(check.run(problem), problem.expected()), Optional.empty());
    } catch (Check.Unsuitable e) {
      return new Verdict(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    } catch (Exception | AssertionError e) {
      return new Verdict(Optional.of(e.toString()), Optional.empty());
    }
  }

  /** The first fault, if there is one. */
  static Optional<String> wrong(Map<String, Tensor> found, Map<String, Tensor> expected) {
    return expected.entrySet().stream()
        .filter(e -> !agree(found.get(e.getKey()), e.getValue()))
        .map(e -> e.getKey() + " " + told(found.get(e.getKey()), e.getValue()))
        .findFirst();
  }

  private static boolean agree(Tensor found, Tensor expected) {
    double tolerance = expected.type() == ElementType.FLOAT32 ? TOLERANCE : 0;
    return TestTensors.relativeError(found, expected) <= tolerance;
  }

  private static String told(Tensor found, Tensor expected) {
    return "is wrong by "
        + TestTensors.relativeError(found, expected)
        + ": "
        + found
        + " for "
        + expected;
  }
}
