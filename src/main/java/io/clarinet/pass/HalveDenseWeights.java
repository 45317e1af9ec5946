package io.clarinet.pass;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Dense;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.HalfFloat;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Known float32 weights of dense layers are stored as binary16, rounded to nearest; arithmetic
 * stays float32. The one pass that changes results, so it is no standard one.
 */
public final class HalveDenseWeights implements Pass {
  private final IdentityHashMap<Constant, Constant> memory = new IdentityHashMap<>();

  @Override
  public Graph apply(Graph graph) {
    Map<String, Constant> constants = new LinkedHashMap<>(graph.constants());
    FreshNames fresh = FreshNames.beside(graph);
    Map<String, String> names = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Constant weights =
          node.op() instanceof Dense ? graph.constants().get(node.inputs().get(1)) : null;
      if (weights == null || weights.type() != ElementType.FLOAT32) {
        nodes.add(node);
      } else {
        String name = names.computeIfAbsent(node.inputs().get(1), w -> fresh.free(w + ":half"));
        constants.put(name, halved(weights, node.inputs().get(1)));
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(1, name);
        nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }
    return nodes.equals(graph.nodes()) ? graph : graph.with(constants, nodes);
  }

  /** One object for one constant, so that its packed form is shared between input shapes. */
  private synchronized Constant halved(Constant weights, String name) {
    return memory.computeIfAbsent(
        weights,
        w -> new Deferred(ElementType.FLOAT16, w.shape(), () -> rounded(w.tensor(), name)));
  }

  /**
   * The nearest halves.
   *
   * @throws IllegalArgumentException if a weight is too large for one
   */
  private static Tensor rounded(Tensor weights, String name) {
    // On the heap: direct memory would stay taken until some garbage collection far away.
    int count = Math.toIntExact(weights.shape().size());
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(count, Short.BYTES)).order(ByteOrder.nativeOrder());
    Tensor halves = Tensor.wrap(ElementType.FLOAT16, weights.shape(), bytes);
    FloatBuffer from = weights.floats();
    ShortBuffer to = halves.bytes().asShortBuffer();
    for (int i = 0; i < count; i++) {
      float weight = from.get(i);
      short half = HalfFloat.fromFloat(weight);
      if (Float.isFinite(weight) && Float.isInfinite(HalfFloat.toFloat(half))) {
        throw new IllegalArgumentException(
            "weights \"" + name + "\" hold " + weight + ", beyond half precision; keep them fp32");
      }
      to.put(i, half);
    }
    return halves;
  }
}
