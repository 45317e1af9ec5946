package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer with an epilogue: x · weights.
 *
 * <p>Inputs: x [n, k]; weights [k, m], or [m, k] if transposed; then bias [m] and residual [n, m]
 * where the epilogue has them. Output: [n, m].
 *
 * @param transposed whether a row of the weights makes one output, as PyTorch stores them
 */
public record Dense(boolean transposed, Epilogue epilogue) implements Op, FusedActivation {

  @Override
  public @Nullable Unary activation() {
    return epilogue.activation();
  }

  @Override
  public Dense with(Unary function) {
    return with(epilogue.with(function));
  }

  public Dense with(Epilogue other) {
    return new Dense(transposed, other);
  }

  /** Length of the sums, for weights of this shape. */
  public int inFeatures(Shape weights) {
    return weights.dim(transposed ? 1 : 0);
  }

  /** Outputs per row, for weights of this shape. */
  public int outFeatures(Shape weights) {
    return weights.dim(transposed ? 0 : 1);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    Shape w = inputs.get(1).shape();
    if (x.rank() != 2 || w.rank() != 2 || x.dim(1) != inFeatures(w)) {
      throw new IllegalArgumentException(
          "weights " + w + (transposed ? " transposed" : "") + " do not fit input " + x);
    }
    Shape y = Shape.of(x.dim(0), outFeatures(w));
    if (epilogue.bias() && inputs.get(2).shape().size() != y.dim(1)) {
      throw new IllegalArgumentException(
          "bias " + inputs.get(2).shape() + " for " + y.dim(1) + " outputs");
    }
    if (epilogue.residual() && !inputs.get(epilogue.residualIndex()).shape().equals(y)) {
      throw new IllegalArgumentException(
          "residual " + inputs.get(epilogue.residualIndex()).shape() + " for output " + y);
    }
    return List.of(Fact.of(y));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return epilogue.keepsItemsApart(inputs);
  }

  @Override
  public long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    return outputs.get(0).shape().size() * inFeatures(inputs.get(1).shape());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape y = outputs.get(0).shape();
    int depth = inputs.get(0).shape().dim(1);
    for (int n = 0; n < y.dim(0); n++) {
      for (int m = 0; m < y.dim(1); m++) {
        double sum = 0;
        for (int k = 0; k < depth; k++) {
          long at = transposed ? (long) m * depth + k : (long) k * y.dim(1) + m;
          sum += inputs.get(0).doubleAt((long) n * depth + k) * inputs.get(1).doubleAt(at);
        }
        long i = (long) n * y.dim(1) + m;
        double bias = epilogue.bias() ? inputs.get(2).doubleAt(m) : 0;
        double residual =
            epilogue.residual() ? inputs.get(epilogue.residualIndex()).doubleAt(i) : 0;
        outputs.get(0).set(i, epilogue.apply(sum, bias, residual));
      }
    }
  }
}
