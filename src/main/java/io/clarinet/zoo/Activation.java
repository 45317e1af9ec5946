package io.clarinet.zoo;

import io.clarinet.op.Unary;
import io.clarinet.op.Unary.Kind;

/** The functions that networks apply behind their layers. */
enum Activation {
  RELU(Unary.RELU),
  /** Held between 0 and 6. */
  RELU6(new Unary(Kind.CLIP, 0, 6)),
  SIGMOID(new Unary(Kind.SIGMOID, 0, 0)),
  /** v · sigmoid(v) (arXiv 1710.05941). */
  SWISH(new Unary(Kind.SWISH, 1, 0)),
  /** v / 6 + 1/2, held between 0 and 1. */
  HARD_SIGMOID(new Unary(Kind.HARD_SIGMOID, 1f / 6, 0.5f)),
  /** v · hard sigmoid(v) (arXiv 1905.02244). */
  HARD_SWISH(new Unary(Kind.HARD_SWISH, 0, 0)),
  GELU(new Unary(Kind.GELU, 0, 0));

  private final Unary function;

  Activation(Unary function) {
    this.function = function;
  }

  /** This function of a value, as a layer of that name. */
  String of(Layers layers, String name, String x) {
    return layers.apply(name, function, x);
  }
}
