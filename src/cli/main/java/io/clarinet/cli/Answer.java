package io.clarinet.cli;

import io.clarinet.Prediction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code classify} for a picture: the classes, or why there are none.
 *
 * @param predictions the most probable first; empty if the picture failed
 */
record Answer(Path image, List<Prediction> predictions, @Nullable Failure failure) {

  static Answer of(Path image, List<Prediction> predictions) {
    return new Answer(image, predictions, null);
  }

  static Answer failed(Path image, Failure failure) {
    return new Answer(image, List.of(), failure);
  }

  /** One line in every case: the names, with tabs between them. */
  String names() {
    return failure != null
        ? "error: " + failure.kind()
        : predictions.stream().map(p -> oneLine(p.label())).collect(Collectors.joining("\t"));
  }

  /** A line a class, with its probability. */
  List<String> lines() {
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
    json.put("image", image.toString());
    json.put("predictions", predictions);
    if (failure != null) {
      json.put("error", failure.toJson());
    }
    return json;
  }
}
