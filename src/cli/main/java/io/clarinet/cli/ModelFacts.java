package io.clarinet.cli;

import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.SessionMemory;
import io.clarinet.backend.DeviceException;
import io.clarinet.classify.ModelMetadata;
import io.clarinet.classify.Preparation;
import io.clarinet.graph.Graph;
import io.clarinet.image.Labels;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.Obstacle;
import io.clarinet.importer.Outline;
import io.clarinet.importer.Weighed;
import io.clarinet.plan.PlanException;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What {@code info} tells of a model, as a document for JSON, in order. */
final class ModelFacts {
  private static final int FIRST_LABELS = 5;

  private final Outline outline;
  private final Map<String, Object> document = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable Failure failure;

  /** Only what the file says of a model. */
  ModelFacts(String model, Outline outline) {
    this.outline = outline;
    document.put("model", model);
    document.put("runs", false);
    document.put("format", outline.format());
    document.put("origin", outline.origin());
    document.put("inputs", outline.inputs().stream().map(ModelFacts::toJson).toList());
    document.put("outputs", outline.outputs().stream().map(ModelFacts::toJson).toList());
    document.put("operators", outline.operators());
    document.put("parameters", outline.parameters());
    document.put("parameter_bytes", outline.parameterBytes());
    document.put("warnings", warnings);
  }

  private static Map<String, Object> toJson(Outline.Value value) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", value.name());
    json.put("type", value.type());
    List<String> extents = value.extents();
    json.put("shape", extents == null ? null : extents.stream().map(ModelFacts::extent).toList());
    return json;
  }

  /** A number where it is one. */
  private static Object extent(String text) {
    return text.matches("\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
  }

  /** Adds why the model cannot be loaded, part by part. */
  void refused(ModelFormatException e) {
    failure = Failure.of(e);
    document.put("unsupported", e.obstacles().stream().map(ModelFacts::toJson).toList());
    document.put("error", failure.toJson());
    new ModelMetadata(outline.metadata())
        .labels()
        .ifPresent(labels -> putLabels(labels.names(), "the file"));
  }

  private static Map<String, Object> toJson(Obstacle part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", part.what());
    json.put("times", part.times());
    json.put("first", part.first());
    json.put("remedy", part.remedy());
    return json;
  }

  /** The model at a size of pictures, where it leaves that open and can work at it. */
  Model sized(Model model, Optional<PictureSize> usual) {
    try {
      Model sized = usual.isEmpty() ? model : usual.get().fixed(model);
      usual.ifPresent(
          size ->
              warnings.add(
                  "it leaves the size of its pictures open; "
                      + size
                      + " is taken, and --size says another"));
      return sized;
    } catch (IllegalArgumentException e) {
      warnings.add(String.valueOf(e.getMessage()));
      return model;
    }
  }

  /** Adds what a model that can be loaded costs for these shapes of its inputs. */
  void add(Model model, List<Shape> shapes, Device device) {
    document.put("runs", true);
    Weighed weights = Weighed.of(model.graph());
    document.put("parameters", weights.parameters());
    document.put("statistics", weights.statistics());
    document.put("parameter_bytes", weights.bytes());
    document.put("input_shapes", shapes.stream().map(ModelFacts::extents).toList());
    if (!model.isTrained()) {
      warnings.add("its weights are seeded random numbers: its answers mean nothing");
    }
    try (Session session = model.open(device)) {
      addCosts(model, shapes, session);
      addMeaning(model, session);
    }
  }

  private static List<Integer> extents(Shape shape) {
    return IntStream.of(shape.dims()).boxed().toList();
  }

  private void addCosts(Model model, List<Shape> shapes, Session session) {
    try {
      Graph graph = specialised(model, shapes);
      Map<String, Fact> facts = graph.facts();
      document.put(
          "outputs", graph.outputs().stream().map(name -> output(name, facts.get(name))).toList());
      document.put("multiply_adds", graph.multiplyAdds());
      document.put("memory", toJson(session, session.memory(shapes)));
    } catch (IllegalArgumentException | PlanException | DeviceException e) {
      warnings.add("its cost is not known at these shapes: " + e.getMessage());
    }
  }

  private static Graph specialised(Model model, List<Shape> shapes) {
    Map<String, Shape> byName = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      byName.put(model.inputs().get(i).name(), shapes.get(i));
    }
    return model.graph().specialised(byName);
  }

  private static Map<String, Object> output(String name, @Nullable Fact fact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    if (fact != null) {
      json.put("type", Outline.Value.type(fact.type().name()));
      json.put("shape", extents(fact.shape()));
    }
    return json;
  }

  private static Map<String, Object> toJson(Session session, SessionMemory memory) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", session.device().toString());
    json.put("value_bytes", memory.laneBytes());
    json.put("weight_bytes", memory.weightBytes());
    return json;
  }

  private void addMeaning(Model model, Session session) {
    Preparation preparation = Preparation.of(model.graph());
    try {
      Classifier classifier = Classifier.of(model, session);
      document.put("scores", classifier.head().meaning().toString());
      Optional<List<String>> own =
          new ModelMetadata(model.metadata()).labels().map(labels -> labels.names());
      boolean numbered = classifier.labels().equals(Labels.numbered(classifier.labels().size()));
      putLabels(
          classifier.labels().names(),
          own.isPresent()
              ? "the file"
              : numbered ? "nothing names them" : "assumed: the file names none");
      document.put("preprocess", preparation.preprocess().toString());
      document.put("preprocess_from", origin(preparation));
    } catch (IllegalArgumentException e) {
      document.put("no_classifier", String.valueOf(e.getMessage()));
    }
  }

  private static String origin(Preparation preparation) {
    return preparation.assumption().isEmpty() ? "the model" : preparation.assumption();
  }

  private void putLabels(List<String> names, String from) {
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("count", names.size());
    labels.put("first", names.stream().limit(FIRST_LABELS).toList());
    labels.put("from", from);
    document.put("labels", labels);
  }

  /** The document. */
  Map<String, Object> document() {
    return document;
  }

  /** Why the model cannot be run; empty if it can. */
  Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }
}
