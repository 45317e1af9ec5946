package io.clarinet.cli;

import io.clarinet.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code classify} for a picture: the classes or a vector, or why there are none.
 *
 * @param image the name of its file
 * @param predictions the most probable first; empty if the picture failed or a vector was wanted
 * @param embedding null if classes were wanted, or the picture failed
 */
record Answer(
    String image,
    List<Prediction> predictions,
    @Nullable List<Float> embedding,
    @Nullable Failure failure) {

  static Answer of(String image, List<Prediction> predictions) {
    return new Answer(image, predictions, null, null);
  }

  static Answer embedded(String image, List<Float> embedding) {
    return new Answer(image, List.of(), embedding, null);
  }

  static Answer failed(String image, Failure failure) {
    return new Answer(image, List.of(), null, failure);
  }

  /** One line in every case: the names or numbers, with tabs between them. */
  String names() {
    if (failure != null) {
      return "error: " + failure.kind();
    }
    return embedding == null
        ? predictions.stream().map(p -> oneLine(p.label())).collect(Collectors.joining("\t"))
        : joined("\t");
  }

  /** The vector's numbers with something between them; none if there is no vector. */
  String joined(String between) {
    return embedding == null
        ? ""
        : embedding.stream().map(String::valueOf).collect(Collectors.joining(between));
  }

  /** A line a class, with its probability; or one of the vector. */
  List<String> lines() {
    if (embedding != null) {
      return List.of("  " + joined(" "));
    }
    return predictions.stream()
        .map(
            p ->
                String.format(
                    Locale.ROOT, "  %6.2f %%  %s", p.probability() * 100, oneLine(p.label())))
        .toList();
  }

  private static String oneLine(String label) {
    return label.replaceAll("[\\t\\v]+", " ");
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("image", image);
    if (embedding == null) {
      json.put("predictions", predictions);
    } else {
      json.put("embedding", embedding);
    }
    if (failure != null) {
      json.put("error", failure.toJson());
    }
    return json;
  }
}
