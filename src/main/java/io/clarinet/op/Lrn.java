package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Local response normalisation across channels (AlexNet, section 3.3, as ONNX LRN scales it): x /
 * (bias + alpha / size · Σ x²)^beta, the sum over {@code size} neighbouring channels, from c −
 * ⌊(size − 1) / 2⌋ to c + ⌈(size − 1) / 2⌉, those that exist. Input and output: [n, c, …].
 */
public record Lrn(int size, float alpha, float beta, float bias) implements Op {

  public Lrn {
    if (size < 1) {
      throw new IllegalArgumentException("size " + size + " is not positive");
    }
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    if (x.rank() < 2) {
      throw new IllegalArgumentException("input " + x + " has no channels");
    }
    return List.of(Fact.of(x));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    int channels = x.shape().c();
    long plane = x.shape().size(2, x.shape().rank());
    for (long i = 0; i < x.shape().size(); i++) {
      int c = (int) (i / plane % channels);
      int from = Math.max(0, c - (size - 1) / 2);
      int to = Math.min(channels - 1, c + size / 2);
      double sum = 0;
      for (int other = from; other <= to; other++) {
        double v = x.doubleAt(i + (other - c) * plane);
        sum += v * v;
      }
      outputs.get(0).set(i, x.doubleAt(i) / Math.pow(bias + alpha / (double) size * sum, beta));
    }
  }
}
