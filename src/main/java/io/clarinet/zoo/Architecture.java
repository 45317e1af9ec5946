package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network of the zoo.
 *
 * @param name as on the command line
 * @param title for people
 * @param input extents of one picture: channels, height, width
 * @param classes number of classes
 * @param preprocess name of the preprocessing that its usual weights were trained with
 * @param paper where it is described
 * @param dialects the builders of its graph, one for each library's names of its weights; the zoo's
 *     own first
 */
public record Architecture(
    String name,
    String title,
    List<Integer> input,
    int classes,
    String preprocess,
    String paper,
    List<Builder> dialects) {

  /** Makes a network's graph. */
  @FunctionalInterface
  public interface Builder {

    /**
     * The graph over these weights, batch open.
     *
     * @param input extents of one picture: channels, height, width
     * @throws IllegalArgumentException if a layer does not fit the picture's size, or the weights
     *     lack what it needs
     */
    Graph graph(Weights weights, List<Integer> input, int classes);
  }

  /** A network whose weights are named in one way. */
  Architecture(
      String name,
      String title,
      List<Integer> input,
      int classes,
      String preprocess,
      String paper,
      Builder builder) {
    this(name, title, input, classes, preprocess, paper, List.of(builder));
  }

  public Architecture {
    dialects = List.copyOf(dialects);
    input = List.copyOf(input);
    if (input.size() != 3 || input.stream().anyMatch(extent -> extent < 1) || classes < 1) {
      throw new IllegalArgumentException(
          name + " cannot take pictures of " + input + " and tell apart " + classes + " classes");
    }
  }

  /** This network once for each way in which files name its weights, the zoo's own first. */
  public List<Architecture> spellings() {
    return dialects.size() == 1
        ? List.of(this)
        : dialects.stream()
            .map(each -> new Architecture(name, title, input, classes, preprocess, paper, each))
            .toList();
  }

  private Builder builder() {
    return dialects.get(0);
  }

  /** This network for pictures of another size; where it has dense layers, they grow with it. */
  public Architecture withInput(int height, int width) {
    return new Architecture(
        name + ":" + height + "x" + width,
        title,
        List.of(input.get(0), height, width),
        classes,
        preprocess,
        paper,
        dialects);
  }

  /** This network with another number of classes. */
  public Architecture withClasses(int count) {
    return new Architecture(name + ":" + count, title, input, count, preprocess, paper, dialects);
  }

  /**
   * The graph over these weights; its metadata say which architecture, and if they are trained.
   *
   * @throws IllegalArgumentException if a layer does not fit the picture's size, or the weights
   *     lack what it needs
   */
  public Graph graph(Weights weights) {
    Graph built = builder().graph(weights, input, classes);
    Map<String, String> metadata = new HashMap<>(built.metadata());
    metadata.put("architecture", name);
    metadata.put("preprocess", preprocess);
    if (!weights.areTrained()) {
      metadata.put("weights", "seeded");
    }
    return new Graph(
        name, built.inputs(), built.outputs(), built.constants(), built.nodes(), metadata);
  }

  /** Number of parameters that training changes by gradient. */
  public long trainableParameters() {
    return counted().trainable();
  }

  /** Number of elements of all weights, the moving statistics of batch norms included. */
  public long parameters() {
    return counted().total();
  }

  private CountingWeights counted() {
    CountingWeights counting = new CountingWeights();
    Objects.requireNonNull(builder().graph(counting, input, classes));
    return counting;
  }

  /** Multiplications, each with its addition, that one picture takes. */
  public long multiplyAdds() {
    Graph graph = builder().graph(new CountingWeights(), input, classes);
    return graph
        .specialised(Map.of(graph.inputs().get(0).name(), graph.inputs().get(0).shape(1)))
        .multiplyAdds();
  }
}
