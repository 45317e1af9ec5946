package io.clarinet.pass;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Gather;
import io.clarinet.op.Reshape;
import io.clarinet.op.Split;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shuffle of an image's channels, written as two axes of channels that change places, becomes
 * channels gathered by number; a split along the channels behind it a gather for each part. Images
 * in channel blocks then stay in these.
 */
public final class GatherShuffledChannels implements Pass {
  private static final List<Integer> SWAP = List.of(0, 2, 1, 3, 4);

  @Override
  public Graph apply(Graph graph) {
    return new Rewriting(graph).result();
  }

  /**
   * A shuffle.
   *
   * @param channels of x, in the order of the shuffled value's
   */
  private record Shuffle(String x, long[] channels) {}

  /** One application. What is no longer read is left to {@link RemoveUnused}. */
  private static final class Rewriting {
    private final Graph graph;
    private final Map<String, Fact> facts;
    private final Map<String, Integer> uses;
    private final Map<String, Node> producers;
    private final FreshNames fresh;
    private final Map<String, Constant> constants;
    private final Map<String, Shuffle> shuffles = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    Rewriting(Graph graph) {
      this.graph = graph;
      this.facts = graph.facts();
      this.uses = graph.uses();
      this.producers = graph.producers();
      this.fresh = FreshNames.beside(graph);
      this.constants = new LinkedHashMap<>(graph.constants());
    }

    Graph result() {
      for (Node node : graph.nodes()) {
        Shuffle shuffle = shuffle(node);
        if (shuffle != null) {
          shuffles.put(node.output(), shuffle);
          gather(node, shuffle, 0, 0);
        } else if (isSplit(node)) {
          split(node, Objects.requireNonNull(shuffles.get(node.inputs().get(0))));
        } else {
          nodes.add(node);
        }
      }
      return shuffles.isEmpty() ? graph : new RemoveUnused().apply(graph.with(constants, nodes));
    }

    private Shape shape(String value) {
      return Objects.requireNonNull(facts.get(value), value).shape();
    }

    /** The producer of a node's input, if that is alone in reading it; else null. */
    private @Nullable Node before(Node node) {
      String value = node.inputs().get(0);
      return uses.getOrDefault(value, 0) == 1 ? producers.get(value) : null;
    }

    /**
     * What a node ends: a reshape of an image's swapped axes back to the image's shape; or null.
     */
    private @Nullable Shuffle shuffle(Node last) {
      Node swap = last.op() instanceof Reshape ? before(last) : null;
      Node first = swap != null && swap.op() instanceof Transpose ? before(swap) : null;
      if (first == null || !(first.op() instanceof Reshape)) {
        return null;
      }
      String x = first.inputs().get(0);
      Shape image = shape(x);
      Shape parted = shape(first.output());
      boolean parts =
          image.rank() == 4
              && parted.rank() == 5
              && parted.dim(0) == image.n()
              && parted.dim(3) == image.h()
              && parted.dim(4) == image.w();
      return parts
              && ((Transpose) Objects.requireNonNull(swap).op()).axes(5).equals(SWAP)
              && shape(last.output()).equals(image)
          ? new Shuffle(x, swapped(parted.dim(1), parted.dim(2)))
          : null;
    }

    private static long[] swapped(int rows, int columns) {
      long[] channels = new long[rows * columns];
      for (int i = 0; i < channels.length; i++) {
        channels[i] = (long) i % rows * columns + i / rows;
      }
      return channels;
    }

    private boolean isSplit(Node node) {
      return node.op() instanceof Split op
          && shuffles.containsKey(node.inputs().get(0))
          && shape(node.inputs().get(0)).axis(op.axis()) == 1;
    }

    private void split(Node node, Shuffle shuffle) {
      int begin = 0;
      for (int part = 0; part < node.outputs().size(); part++) {
        gather(node, shuffle, part, begin);
        begin += shape(node.outputs().get(part)).c();
      }
    }

    /** Adds a node that makes one of a node's outputs, the shuffled channels from {@code begin}. */
    private void gather(Node node, Shuffle shuffle, int part, int begin) {
      String y = node.outputs().get(part);
      long[] channels = new long[shape(y).c()];
      System.arraycopy(shuffle.channels(), begin, channels, 0, channels.length);
      String indices = fresh.next(y);
      constants.put(indices, Tensor.ofLongs(Shape.of(channels.length), channels));
      String name = node.outputs().size() == 1 ? node.name() : fresh.next(node.name());
      nodes.add(new Node(name, new Gather(1), List.of(shuffle.x(), indices), List.of(y)));
    }
  }
}
