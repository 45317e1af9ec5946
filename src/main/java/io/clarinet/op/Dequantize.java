package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** Integers to float32: (x − zero point) · scale, with the inputs of {@link Quantize}. */
public record Dequantize(int axis, int block) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    inputs.subList(1, inputs.size()).forEach(f -> Quantize.requireFits(x, f.shape(), axis, block));
    return List.of(Fact.of(x));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Quantize.keepsItemsApart(inputs, axis, block);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    for (long i = 0; i < x.shape().size(); i++) {
      double scale = at(inputs.get(1), x.shape(), i);
      double zero = inputs.size() > 2 ? at(inputs.get(2), x.shape(), i) : 0;
      outputs.get(0).set(i, (x.doubleAt(i) - zero) * scale);
    }
  }

  private double at(Tensor factors, Shape x, long i) {
    return factors.doubleAt(Quantize.factor(x, factors.shape(), i, axis, block));
  }
}
