package io.clarinet.importer.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes files as Keras does. */
final class KerasFileWriter {
  private final Map<String, Map<String, Object>> layers = new LinkedHashMap<>();

  /**
   * Adds a weight.
   *
   * @param values a float array of as many dimensions as the weight has
   */
  KerasFileWriter weight(String layer, String name, Object values) {
    layers.computeIfAbsent(layer, key -> new LinkedHashMap<>()).put(name, values);
    return this;
  }

  /** Writes the file; with no model it holds weights only. */
  void write(Path file, @Nullable String model) {
    try (WritableHdfFile root = HdfFile.write(file)) {
      WritableGroup weights = model == null ? root : root.putGroup("model_weights");
      if (model != null) {
        root.putAttribute("model_config", model);
        root.putAttribute("keras_version", "2.4.0");
      }
      if (!layers.isEmpty()) {
        weights.putAttribute("layer_names", layers.keySet().toArray(String[]::new));
      }
      layers.forEach(
          (layer, values) -> {
            WritableGroup group = within(weights, layer);
            List<String> names = new ArrayList<>();
            values.forEach(
                (name, array) -> {
                  int end = name.lastIndexOf('/');
                  WritableGroup own = end < 0 ? group : within(group, name.substring(0, end));
                  own.putDataset(name.substring(end + 1) + ":0", array);
                  names.add(name + ":0");
                });
            group.putAttribute("weight_names", names.toArray(String[]::new));
          });
    }
  }

  /** The group at a path of names, made where it is not there. */
  private static WritableGroup within(WritableGroup group, String path) {
    WritableGroup at = group;
    for (String name : path.split("/", -1)) {
      at = at.getChild(name) instanceof WritableGroup there ? there : at.putGroup(name);
    }
    return at;
  }

  /** A functional model over one input, its layers one after the other. */
  static String chain(String inputShape, String... layers) {
    StringBuilder json = new StringBuilder();
    json.append("{\"class_name\":\"Functional\",\"config\":{\"name\":\"m\",\"layers\":[")
        .append("{\"class_name\":\"InputLayer\",\"name\":\"in\",\"inbound_nodes\":[],")
        .append("\"config\":{\"name\":\"in\",\"batch_input_shape\":")
        .append(inputShape)
        .append("}}");
    String last = "in";
    for (int i = 0; i < layers.length; i++) {
      String[] parts = layers[i].split(" ", 3);
      String arguments = parts.length > 2 && parts[2].startsWith("training") ? TRAINING : "{}";
      String config = parts.length > 2 && !parts[2].startsWith("training") ? parts[2] : "{}";
      json.append(
          ",{\"class_name\":\"%s\",\"name\":\"%s\",\"config\":%s,\"inbound_nodes\":[[[\"%s\",0,0,%s]]]}"
              .formatted(parts[0], parts[1], config, last, arguments));
      last = parts[1];
    }
    return json.append("],\"input_layers\":[[\"in\",0,0]],\"output_layers\":[[\"")
        .append(last)
        .append("\",0,0]]}}")
        .toString();
  }

  /**
   * A functional model that does nothing but call another.
   *
   * @param call the number that the version gives the call
   */
  static String around(String name, String model, String input, int call) {
    String config = model.substring(model.indexOf("\"config\":") + 9, model.length() - 1);
    return """
    {"class_name":"Functional","config":{"name":"m","layers":[
    {"class_name":"InputLayer","name":"%2$s","inbound_nodes":[],
    "config":{"name":"%2$s","batch_input_shape":[null,2]}},
    {"class_name":"Functional","name":"%1$s","config":%3$s,
    "inbound_nodes":[[["%2$s",0,0,{}]]]}],
    "input_layers":[["%2$s",0,0]],"output_layers":[["%1$s",%4$d,0]]}}\
    """
        .formatted(name, input, config, call);
  }

  private static final String TRAINING = "{\"training\":true}";
}
