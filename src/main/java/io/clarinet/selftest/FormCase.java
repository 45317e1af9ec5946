package io.clarinet.selftest;

import io.clarinet.backend.Once;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Op;
import io.clarinet.op.Pool2d;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A form of a kernel with operands of a few thousand elements, and what the operator's reference
 * makes of them.
 *
 * @param operator for people
 */
record FormCase(
    Form form,
    String operator,
    Offer.Accept offer,
    List<Tensor> inputs,
    List<Fact> outputs,
    Once<List<Tensor>> reference) {
  private static final long SEED = 12;

  /** Seeded operands; the reference is computed when it is first asked for. */
  static FormCase of(Form form, Op op, Shrinking.Small small) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Tensor> inputs = small.inputs().stream().map(fact -> drawn(fact, random)).toList();
    if (letsNanThrough(op) && !small.inputs().get(0).isConstant()) {
      Tensor x = inputs.get(0);
      x.set(x.shape().size() / 2, Double.NaN);
    }
    String shapes =
        inputs.stream().map(input -> input.shape().toString()).collect(Collectors.joining(", "));
    return new FormCase(
        form,
        op.name() + " of " + shapes,
        small.offer(),
        inputs,
        small.outputs(),
        new Once<>(() -> op.evaluate(inputs)));
  }

  /** What is right. */
  List<Tensor> expected() {
    return reference.get();
  }

  /**
   * Numbers of a mean that is not zero, so that what is left out shows; positive ones for constants
   * of one axis, which may be variances; zeros for indices.
   */
  private static Tensor drawn(Fact fact, SplittableRandom random) {
    if (fact.constant() instanceof Tensor known) {
      return known;
    }
    Tensor tensor = Tensor.zeros(fact.type(), fact.shape());
    if (fact.type().isFloatingPoint()) {
      double least = fact.isConstant() && fact.shape().rank() < 2 ? 0.5 : -0.5;
      for (long i = 0; i < fact.shape().size(); i++) {
        tensor.set(i, least + 1.5 * random.nextDouble());
      }
    }
    return tensor;
  }

  /** Whether kernels must, by the rules for them: some drivers' maximum takes the number. */
  private static boolean letsNanThrough(Op op) {
    return op instanceof Pool2d
        || op instanceof PoolNd
        || (op instanceof Unary unary && unary.isClamp());
  }

  /** The inputs that the kernel reads as values, not packed. */
  List<Integer> values() {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int input = i;
      if (offer.packed().stream().noneMatch(packed -> packed.inputs().contains(input))) {
        values.add(i);
      }
    }
    return values;
  }
}
