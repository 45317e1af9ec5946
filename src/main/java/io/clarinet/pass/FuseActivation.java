package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.FusedActivation;
import io.clarinet.op.Unary;
import org.jspecify.annotations.Nullable;

/** {@code unary(op(x))} becomes {@code op(x)} with the function as its activation. */
public final class FuseActivation implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return PairFusion.apply(graph, FuseActivation::merge);
  }

  private static @Nullable Node merge(
      Node producer, Node consumer, String value, PairFusion context) {
    return consumer.op() instanceof Unary function
            && producer.op() instanceof FusedActivation op
            && op.activation() == null
        ? new Node(producer.name(), op.with(function), producer.inputs(), consumer.outputs())
        : null;
  }
}
