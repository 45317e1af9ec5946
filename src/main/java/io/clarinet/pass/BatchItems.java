package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Dropout;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Lrn;
import io.clarinet.op.Op;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Map;
import java.util.Objects;

/** Knows of graphs whether a batch's items go through them without looking at each other. */
public final class BatchItems {
  private BatchItems() {}

  /** Whether each item's outputs depend on that item alone, as far as the operators are known. */
  public static boolean areIndependent(Graph graph, int batch) {
    Map<String, Fact> facts = graph.facts();
    return graph.inputs().stream().allMatch(i -> startsWith(facts, i.name(), batch))
        && graph.outputs().stream().allMatch(o -> startsWith(facts, o, batch))
        && graph.nodes().stream().allMatch(node -> keepsItemsApart(node, facts, batch));
  }

  private static boolean keepsItemsApart(Node node, Map<String, Fact> facts, int batch) {
    Shape output = fact(facts, node.output()).shape();
    for (int i = 0; i < node.inputs().size(); i++) {
      Fact input = fact(facts, node.inputs().get(i));
      boolean fits =
          input.isConstant()
              ? !(node.op() instanceof Binary) || isShared(input, output.rank())
              : startsWith(facts, node.inputs().get(i), batch)
                  && mayVary(node.op(), i, input, output);
      if (!fits) {
        return false;
      }
    }
    return actsOnItems(node.op(), output.rank())
        && node.outputs().stream().allMatch(o -> startsWith(facts, o, batch));
  }

  /**
   * Whether an operator may take an input's first axis for the batch: no weights, no other rank.
   */
  private static boolean mayVary(Op op, int index, Fact input, Shape output) {
    if (op instanceof Binary || op instanceof Concat) {
      return input.shape().rank() == output.rank();
    }
    return index == 0 || (index > 1 && input.shape().equals(output));
  }

  private static boolean isShared(Fact constant, int rank) {
    return constant.shape().rank() < rank || constant.shape().n() == 1;
  }

  private static boolean actsOnItems(Op op, int rank) {
    if (op instanceof Concat concat) {
      return Math.floorMod(concat.axis(), rank) != 0;
    }
    if (op instanceof Softmax softmax) {
      return Math.floorMod(softmax.axis(), rank) != 0;
    }
    return op instanceof Conv2d
        || op instanceof Pool2d
        || op instanceof GlobalPool2d
        || op instanceof BatchNorm
        || op instanceof Lrn
        || op instanceof Dense
        || op instanceof Unary
        || op instanceof Binary
        || op instanceof Dropout
        || op instanceof Reshape;
  }

  private static boolean startsWith(Map<String, Fact> facts, String value, int batch) {
    Shape shape = fact(facts, value).shape();
    return shape.rank() > 1 && shape.n() == batch;
  }

  private static Fact fact(Map<String, Fact> facts, String value) {
    return Objects.requireNonNull(facts.get(value), value);
  }
}
