package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws problems, always the same one from the same seed. */
final class RandomGraph {
  private static final int MAX_NODES = 16;
  private static final int LONG = 20;
  private static final int MAX_OUTPUTS = 4;
  private static final int TRIES = 60;

  private final long seed;
  private final Sketch sketch;
  private final Chance chance;
  private final int batch;

  private RandomGraph(long seed, boolean frugal) {
    this.seed = seed;
    this.chance = Chance.from(seed, frugal);
    this.sketch = new Sketch("seed " + seed, chance);
    this.batch = chance.of(1, 1, 1, 2, 2, 3, 4, 5);
  }

  /** The problem of a seed. */
  static Problem draw(long seed) {
    return new RandomGraph(seed, false).problem();
  }

  /** A problem of few variants of kernels, for devices that build each for itself. */
  static Problem drawFrugal(long seed) {
    return new RandomGraph(seed, true).problem();
  }

  /** A picture network with many nodes, otherwise like {@link #drawFrugal}. */
  static Problem drawLong(long seed) {
    return new RandomGraph(seed, true).problem(Vocabulary.IMAGES, LONG);
  }

  private Problem problem() {
    return problem(
        chance.any(Vocabulary.ALL, Vocabulary.ALL, Vocabulary.IMAGES, Vocabulary.VIEWS),
        chance.from(1, MAX_NODES));
  }

  @SuppressWarnings("ReferenceEquality")
  private Problem problem(Vocabulary vocabulary, int nodes) {
    int inputs = chance.of(1, 1, 2, 3);
    for (int i = 0; i < inputs; i++) {
      sketch.input(elements(vocabulary == Vocabulary.IMAGES || i == 0));
    }
    for (int i = 0; i < TRIES && sketch.nodes().size() < nodes; i++) {
      vocabulary.draw(chance).say().accept(sketch);
    }
    List<Value> outputs = outputs();
    Graph graph = sketch.graph(outputs);
    Map<String, Tensor> expected = new LinkedHashMap<>();
    outputs.forEach(o -> expected.put(o.name(), o.exact()));
    return new Problem(seed, graph, sketch.inputs(), expected);
  }

  /** An input's elements: around zero, or far from it, or between bounds. */
  private Tensor elements(boolean image) {
    int[] dims = image && !chance.one(5) ? image() : other();
    return switch (chance.from(0, 5)) {
      case 0 -> chance.uniform(0, 1, dims);
      case 1 -> chance.normal(5, 1, dims);
      case 2 -> chance.normal(-40, 3, dims);
      case 3 -> chance.uniform(0, 255, dims);
      default -> chance.normal(0, 1, dims);
    };
  }

  private int[] image() {
    int channels = chance.of(1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 32, 33);
    int most = channels > 8 ? 7 : 13;
    int height = chance.from(1, most);
    return new int[] {batch, channels, height, chance.one(2) ? height : chance.from(1, most)};
  }

  private int[] other() {
    return switch (chance.from(0, 4)) {
      case 0 -> new int[] {batch, chance.of(1, 4, 7, 16, 19)};
      case 1 -> new int[] {batch, chance.of(2, 3, 8), chance.of(1, 5, 11)};
      case 2 -> new int[] {batch, chance.of(1, 2, 4), 3, chance.of(2, 5), 4};
      case 3 -> new int[] {chance.of(1, 5, 16)};
      default -> new int[] {chance.of(1, 3), 1, chance.from(1, 9), chance.from(1, 9)};
    };
  }

  /** Values that no node reads, mostly, and some that are read too. */
  private List<Value> outputs() {
    Set<String> read = new HashSet<>();
    sketch.nodes().forEach(node -> read.addAll(node.inputs()));
    List<Value> made = new ArrayList<>(sketch.values());
    made.removeIf(v -> sketch.inputs().containsKey(v.name()));
    if (made.isEmpty()) {
      return List.of(sketch.values().get(0));
    }
    List<Value> outputs = new ArrayList<>(made);
    outputs.removeIf(v -> read.contains(v.name()) && !chance.one(8));
    Collections.shuffle(outputs, chance.random());
    return outputs.isEmpty()
        ? List.of(made.get(made.size() - 1))
        : outputs.subList(0, Math.min(outputs.size(), chance.from(1, MAX_OUTPUTS)));
  }
}
