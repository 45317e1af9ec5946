package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A network of the zoo.
 *
 * @param name as on the command line
 * @param title for people
 * @param input extents of one picture: channels, height, width
 * @param classes how many classes it tells apart
 * @param preprocess name of the preprocessing that its usual weights were trained with
 * @param paper where it is described
 * @param builder makes the graph over a source of weights
 */
public record Architecture(
    String name,
    String title,
    List<Integer> input,
    int classes,
    String preprocess,
    String paper,
    Function<Weights, Graph> builder) {

  public Architecture {
    input = List.copyOf(input);
  }

  /** The graph over these weights; its metadata say which architecture, and if they are trained. */
  public Graph graph(Weights weights) {
    Graph built = builder.apply(weights);
    Map<String, String> metadata = new HashMap<>(built.metadata());
    metadata.put("architecture", name);
    metadata.put("preprocess", preprocess);
    if (!weights.areTrained()) {
      metadata.put("weights", "seeded");
    }
    return new Graph(
        name, built.inputs(), built.outputs(), built.constants(), built.nodes(), metadata);
  }

  /** How many numbers training would change. */
  public long trainableParameters() {
    CountingWeights counting = new CountingWeights();
    Graph counted = builder.apply(counting);
    return counted.nodes().isEmpty() ? 0 : counting.trainable();
  }
}
