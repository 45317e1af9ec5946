package io.clarinet.importer.onnx;

import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.Obstacle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The unsupported parts of a model, told in one error. */
final class Unsupported {
  private static final String TYPE = "element type ";
  private final Map<String, List<String>> places = new TreeMap<>();
  private final TreeSet<String> operators = new TreeSet<>();

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Adds an operator, or one form of it that {@code form} describes. */
  void operator(OnnxNode node, String form) {
    operators.add(node.operator());
    if (form.contains(TYPE)) {
      operators.add(form.substring(form.indexOf(TYPE)));
    }
    note(node.operator() + form, "node \"" + node.name() + "\"");
  }

  /** Adds an element type. */
  void type(String type, String place) {
    operators.add(type);
    note(type, place);
  }

  /** Adds all of another part of the model. */
  void addAll(Unsupported others) {
    operators.addAll(others.operators);
    others.places.forEach(
        (what, where) -> places.computeIfAbsent(what, w -> new ArrayList<>()).addAll(where));
  }

  /** What is not supported, in one line. */
  String text() {
    return "not supported: " + String.join(", ", places.keySet());
  }

  private void note(String what, String place) {
    places.computeIfAbsent(what, w -> new ArrayList<>()).add(place);
  }

  /** The error that lists all. */
  ModelFormatException exception(Path file) {
    List<Obstacle> parts = new ArrayList<>();
    places.forEach(
        (what, where) ->
            parts.add(new Obstacle(what, where.size(), where.get(0), OnnxRemedies.of(what))));
    String listed = parts.stream().map(Obstacle::toString).collect(Collectors.joining(", "));
    return ModelFormatException.unsupported(
        file, "not supported: " + listed, List.copyOf(operators), parts);
  }
}
