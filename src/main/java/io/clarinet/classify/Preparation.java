package io.clarinet.classify;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.image.Preprocess;
import io.clarinet.tensor.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * The preprocessing of a model's pictures, and where it is known from.
 *
 * @param assumption the assumption, in one line; empty where the model says it itself
 */
public record Preparation(Preprocess preprocess, String assumption) {
  private static final String ADVICE =
      "; --preprocess says otherwise, and `convert --preprocess` writes it into the file";

  /** The largest side of a small picture. */
  private static final int SMALL = 64;

  /**
   * The preparation that the model declares, else that of its own first operators, of its known
   * family, or the most usual.
   */
  public static Preparation of(Graph graph) {
    return new ModelMetadata(graph.metadata())
        .preprocess()
        .map(declared -> new Preparation(declared, ""))
        .or(() -> ofBytes(graph))
        .or(() -> ofItself(graph))
        .or(() -> ofLineage(graph))
        .orElseGet(() -> usual(graph));
  }

  /** Bytes leave nothing to scale. */
  private static Optional<Preparation> ofBytes(Graph graph) {
    if (graph.inputs().size() != 1 || graph.inputs().get(0).type() != ElementType.UINT8) {
      return Optional.empty();
    }
    String text = isGrey(graph) ? "none,order=grey" : "none";
    return Optional.of(
        new Preparation(
            Preprocess.parse(text),
            "it takes bytes, so pictures were given as they are, \"" + text + "\"" + ADVICE));
  }

  private static Optional<Preparation> ofItself(Graph graph) {
    return graph.inputs().size() != 1
        ? Optional.empty()
        : OwnScaling.of(graph)
            .map(
                rest ->
                    new Preparation(
                        rest,
                        "it scales pictures itself, so it was given \"" + rest + "\"" + ADVICE));
  }

  private static Optional<Preparation> ofLineage(Graph graph) {
    return Lineage.of(graph)
        .map(
            known -> {
              String text = known.preprocess() + (needsAll(known, graph) ? ",resize=exact" : "");
              return new Preparation(
                  Preprocess.parse(text),
                  "by its layers it is %s, so pictures were prepared by \"%s\"%s"
                      .formatted(known.title(), text, ADVICE));
            });
  }

  /** Networks for small pictures, mostly CIFAR's, see the whole picture. */
  private static boolean needsAll(Lineage known, Graph graph) {
    return !known.preprocess().contains("resize")
        && graph.inputs().size() == 1
        && graph.inputs().get(0).dims().size() == 4
        && graph.inputs().get(0).dims().subList(1, 4).stream()
            .noneMatch(d -> d == Input.UNKNOWN || d > SMALL);
  }

  private static Preparation usual(Graph graph) {
    Preprocess usual =
        isGrey(graph) ? Preprocess.parse("none,order=grey,range=1") : Preprocess.TORCH;
    return new Preparation(
        usual,
        "nothing tells how its pictures are prepared, and \"%s\" was assumed%s"
            .formatted(usual, ADVICE));
  }

  private static boolean isGrey(Graph graph) {
    if (graph.inputs().size() != 1 || graph.inputs().get(0).dims().size() != 4) {
      return false;
    }
    List<Integer> dims = graph.inputs().get(0).dims();
    return dims.get(1) == 1
        || (dims.get(3) == 1 && dims.get(1) != 3 && dims.get(1) != Input.UNKNOWN);
  }
}
