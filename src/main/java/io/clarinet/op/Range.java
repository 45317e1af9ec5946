package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Evenly spaced numbers, known before anything runs. Input: a vector (a constant) of the first
 * number, the bound that they stay before, and the step, which may be negative.
 */
public record Range() implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Tensor limits = inputs.get(0).required("the range").tensor();
    if (limits.shape().size() != 3) {
      throw new IllegalArgumentException("a range has a start, a limit and a step, not " + limits);
    }
    double start = limits.doubleAt(0);
    double step = limits.doubleAt(2);
    double count = Math.max(0, Math.ceil((limits.doubleAt(1) - start) / step));
    if (step == 0 || !(count <= Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "a range from " + start + " to " + limits.doubleAt(1) + " in steps of " + step);
    }
    return List.of(Fact.of(limits.type(), Shape.of((int) count)));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor limits = inputs.get(0);
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      outputs.get(0).set(i, limits.doubleAt(0) + i * limits.doubleAt(2));
    }
  }
}
