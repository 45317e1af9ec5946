package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * Dropout that a model may ask for outside of training: each element is dropped with a probability,
 * the others divided by 1 minus that. Inputs: x; the probability; whether to drop at all, a
 * boolean. Outputs: x's shape; the boolean mask of kept elements. The numbers drawn are those of
 * numpy's legacy generator, as in the ONNX project's own cases.
 */
public record Dropout(int seed) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    if (inputs.get(1).shape().size() != 1 || inputs.get(2).shape().size() != 1) {
      throw new IllegalArgumentException("the probability and the mode must be one element each");
    }
    return List.of(Fact.of(x.type(), x.shape()), Fact.of(ElementType.BOOL, x.shape()));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && (isZero(inputs.get(1)) || isZero(inputs.get(2)));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    double probability = inputs.get(2).longAt(0) == 0 ? 0 : inputs.get(1).doubleAt(0);
    MersenneTwister generator = new MersenneTwister(seed);
    for (long i = 0; i < x.shape().size(); i++) {
      boolean kept = probability == 0 || uniform(generator) >= probability;
      outputs.get(0).set(i, kept ? x.doubleAt(i) / (1 - probability) : 0);
      outputs.get(1).set(i, kept ? 1L : 0L);
    }
  }

  private static boolean isZero(Fact one) {
    return one.required("a number").doubleAt(0) == 0;
  }

  /** A number from 0 to 1, of 53 random bits. */
  private static double uniform(MersenneTwister generator) {
    int high = generator.nextInt() >>> 5;
    int low = generator.nextInt() >>> 6;
    return (high * 0x1p26 + low) * 0x1p-53;
  }
}
