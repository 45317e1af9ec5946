package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.ScaledRows;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code batchNorm(conv(x, w, b))} becomes {@code conv(x, w·f, b·f + o)} with the factor f and the
 * offset o of each output channel. The scaled weights are made only when they are packed.
 */
public final class FoldBatchNorm implements Pass {
  private final Map<String, Folded> memory = new HashMap<>();

  private record Folded(List<Constant> sources, Constant weights, Constant bias) {}

  @Override
  public Graph apply(Graph graph) {
    return PairFusion.apply(graph, this::merge);
  }

  private @Nullable Node merge(Node producer, Node consumer, String value, PairFusion context) {
    if (!(consumer.op() instanceof BatchNorm norm)
        || norm.activation() != null
        || !(producer.op() instanceof Conv2d conv)
        || conv.epilogue().residual()
        || conv.activation() != null
        || !consumer.inputs().get(0).equals(value)) {
      return null;
    }
    List<Fact> known =
        Stream.concat(producer.inputs().stream().skip(1), consumer.inputs().stream().skip(1))
            .map(context::fact)
            .toList();
    if (!known.stream().allMatch(Fact::isConstant)) {
      return null;
    }
    Folded folded = folded(consumer.output(), conv, norm, known);
    String prefix = consumer.output() + ":";
    return new Node(
        producer.name(),
        conv.with(conv.epilogue().withBias()),
        List.of(
            producer.inputs().get(0),
            context.constant(prefix + "weights", folded.weights()),
            context.constant(prefix + "bias", folded.bias())),
        consumer.outputs());
  }

  private synchronized Folded folded(String name, Conv2d conv, BatchNorm norm, List<Fact> known) {
    List<Constant> sources = known.stream().map(f -> Objects.requireNonNull(f.constant())).toList();
    Folded before = memory.get(name);
    if (before != null && before.sources().equals(sources)) {
      return before;
    }
    Folded folded = fold(conv, norm, sources);
    memory.put(name, folded);
    return folded;
  }

  private static Folded fold(Conv2d conv, BatchNorm norm, List<Constant> sources) {
    int firstStatistic = sources.size() - 4;
    List<Tensor> statistics = sources.stream().skip(firstStatistic).map(Constant::tensor).toList();
    int channels = sources.get(0).shape().dim(0);
    float[] factors = new float[channels];
    float[] bias = new float[channels];
    for (int c = 0; c < channels; c++) {
      double factor = norm.factor(statistics, c);
      double own = conv.epilogue().bias() ? sources.get(1).tensor().doubleAt(c) : 0;
      factors[c] = (float) factor;
      bias[c] = (float) (own * factor + norm.offset(statistics, c));
    }
    return new Folded(
        sources, new ScaledRows(sources.get(0), factors), Tensor.of(Shape.of(channels), bias));
  }
}
