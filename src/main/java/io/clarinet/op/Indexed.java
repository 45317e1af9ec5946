package io.clarinet.op;

import io.clarinet.tensor.Shape;

/** An operator that picks elements of its first input by the indices in its second. */
public sealed interface Indexed extends Picking permits Gather, GatherElements, GatherNd {

  /** The way from an element of the output to that of the first input. */
  IndexWalk walk(Shape x, Shape indices);
}
