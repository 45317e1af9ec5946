package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code conv(x) + r} becomes {@code conv(x, residual r)}, where r has the convolution's shape. Of
 * two convolutions the later one takes the sum.
 */
public final class FuseResidual implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return PairFusion.apply(graph, FuseResidual::merge);
  }

  private static @Nullable Node merge(
      Node producer, Node consumer, String value, PairFusion context) {
    if (!(consumer.op() instanceof Binary sum)
        || sum.kind() != Binary.Kind.ADD
        || sum.activation() != null
        || !(producer.op() instanceof Conv2d conv)
        || conv.epilogue().residual()
        || conv.activation() != null) {
      return null;
    }
    String other = consumer.inputs().get(consumer.inputs().indexOf(value) == 0 ? 1 : 0);
    if (!context.fact(other).shape().equals(context.fact(value).shape())) {
      return null;
    }
    List<String> inputs = new ArrayList<>(producer.inputs());
    inputs.add(other);
    return new Node(
        producer.name(), conv.with(conv.epilogue().withResidual()), inputs, consumer.outputs());
  }
}
