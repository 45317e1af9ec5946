package io.clarinet.random;

import io.clarinet.tensor.Tensor;
import java.util.Map;

/** One way to compute a problem's results, which must be the reference's. */
interface Check {

  String name();

  /**
   * The results by name, with which the problem's expected ones are compared.
   *
   * @throws Unsuitable if this way does not take such graphs
   */
  Map<String, Tensor> run(Problem problem) throws Exception;

  /** A problem that a check passes over, by the check's own rules; the message says which. */
  final class Unsuitable extends Exception {
    private static final long serialVersionUID = 1L;

    Unsuitable(String reason) {
      super(reason, null, false, false);
    }
  }
}
