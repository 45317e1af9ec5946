package io.clarinet.selftest;

import io.clarinet.tensor.Tensor;
import java.util.List;

/** What became of a plan of cases. */
sealed interface Outcome {

  /** It ran to its end and left this in its arenas. */
  record Ran(List<Tensor> arenas) implements Outcome {}

  /** A kernel does not build. */
  record Rejected(String kernel, String reason) implements Outcome {}

  /** It failed, or the process with it. */
  record Failed(String reason) implements Outcome {}
}
