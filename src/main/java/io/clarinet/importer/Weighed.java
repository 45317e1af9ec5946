package io.clarinet.importer;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.BatchNorm;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a model, counted. Integers of 16 bits and more are no weights but sizes and
 * indices, and no bits are.
 *
 * @param parameters their elements, statistics included
 * @param statistics those that are means and variances of batch normalisations, which training does
 *     not change by gradient
 * @param bytes that all of them take as the model has them
 */
public record Weighed(long parameters, long statistics, long bytes) {

  /** The weights of a graph. */
  public static Weighed of(Graph graph) {
    Set<String> stored = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof BatchNorm) {
        stored.addAll(node.inputs().subList(3, 5));
      }
    }
    Weighed sum = new Weighed(0, 0, 0);
    for (Map.Entry<String, Constant> each : graph.constants().entrySet()) {
      Constant weight = each.getValue();
      sum = sum.and(weight.type(), weight.shape(), stored.contains(each.getKey()));
    }
    return sum;
  }

  /** These weights and one more. */
  public Weighed and(ElementType type, Shape shape, boolean statistic) {
    boolean small = type.bits() <= Byte.SIZE && type != ElementType.BOOL;
    if (!type.isFloatingPoint() && !small) {
      return this;
    }
    long size = shape.size();
    return new Weighed(
        parameters + size, statistics + (statistic ? size : 0), bytes + size * type.bytes());
  }
}
