package io.clarinet.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Stochastic gradient descent with Nesterov momentum, and a running average of the weights. */
final class Sgd {
  private final Network network;
  private final Map<String, Tensor> velocity = new LinkedHashMap<>();
  private final Map<String, Tensor> average = new LinkedHashMap<>();

  Sgd(Network network) {
    this.network = network;
    network.trainable().forEach((name, t) -> velocity.put(name, zerosLike(t)));
    network.trainable().forEach((name, t) -> average.put(name, copy(t)));
    network.statistics().forEach((name, t) -> average.put(name, copy(t)));
  }

  /** The averaged weights and statistics, by name. */
  Map<String, Tensor> average() {
    return average;
  }

  /** One update from the gradients that backward left, which it clears. */
  void step(int number, double rate) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      network.trainable().forEach((name, weight) -> update(name, weight, rate));
      double keep = Math.min(Recipe.AVERAGE, (1.0 + number) / (10.0 + number));
      Scalar towards = new Scalar(1 - keep);
      network.trainable().forEach((name, t) -> average.get(name).lerp_(t, towards));
      network.statistics().forEach((name, t) -> average.get(name).lerp_(t, towards));
    }
  }

  private void update(String name, Tensor weight, double rate) {
    Tensor gradient = weight.grad();
    if (weight.dim() > 1) {
      gradient.add_(weight, new Scalar(Recipe.WEIGHT_DECAY));
    }
    Tensor speed = velocity.get(name);
    speed.mul_(new Scalar(Recipe.MOMENTUM)).add_(gradient);
    weight.add_(gradient, new Scalar(-rate));
    weight.add_(speed, new Scalar(-rate * Recipe.MOMENTUM));
    gradient.zero_();
  }

  private static Tensor zerosLike(Tensor t) {
    return copy(t).zero_();
  }

  private static Tensor copy(Tensor t) {
    return t.detach().clone();
  }
}
