package io.clarinet.importer.keras;

import java.util.ArrayList;
import java.util.List;

/** The JSON of functional models as Keras 3 writes it. */
public final class KerasThree {
  private final String name;
  private final List<String> layers = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();

  public KerasThree(String name) {
    this.name = name;
  }

  public KerasThree input(String layer, String shape) {
    inputs.add("[\"" + layer + "\",0,0]");
    return add("keras.layers", "InputLayer", layer, "\"batch_shape\":" + shape, "");
  }

  /** A layer that is called on tensors one by one. */
  public KerasThree layer(String kind, String layer, String config, String... tensors) {
    return add("keras.layers", kind, layer, config, call(String.join(",", tensors), ""));
  }

  /** An operation on these positional arguments. */
  public KerasThree operation(String kind, String layer, String positional) {
    return add("keras.src.ops.numpy", kind, layer, "", call(positional, ""));
  }

  /** A layer or an operation, with its calls as {@link #call} writes them. */
  KerasThree add(String module, String kind, String layer, String config, String calls) {
    layers.add(
        """
        {"module":"%s","class_name":"%s","config":{"name":"%s","trainable":true,
        "dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"},
        "registered_name":null}%s},"registered_name":null,"build_config":{"input_shape":[null]},
        "name":"%s","inbound_nodes":[%s]}\
        """
            .formatted(module, kind, layer, config.isEmpty() ? "" : "," + config, layer, calls));
    return this;
  }

  /** A model within this one. */
  public KerasThree nested(KerasThree model, String... calls) {
    layers.add(
        """
        {"module":"keras.src.models.functional","class_name":"Functional","config":%s,
        "registered_name":"Functional","name":"%s","inbound_nodes":[%s]}\
        """
            .formatted(model.config(), model.name, String.join(",", calls)));
    return this;
  }

  public KerasThree output(String layer, int call, int tensor) {
    outputs.add("[\"%s\",%d,%d]".formatted(layer, call, tensor));
    return this;
  }

  /** A call of positional arguments, and of named ones. */
  static String call(String positional, String named) {
    return "{\"args\":[" + positional + "],\"kwargs\":{" + named + "}}";
  }

  /** A tensor among a call's arguments. */
  public static String tensor(String layer, int... callAndTensor) {
    int call = callAndTensor.length > 0 ? callAndTensor[0] : 0;
    int tensor = callAndTensor.length > 1 ? callAndTensor[1] : 0;
    return """
    {"class_name":"__keras_tensor__","config":{"shape":[null],"dtype":"float32",
    "keras_history":["%s",%d,%d]}}\
    """
        .formatted(layer, call, tensor);
  }

  private String config() {
    return """
    {"name":"%s","trainable":true,"layers":[%s],"input_layers":[%s],"output_layers":[%s]}\
    """
        .formatted(
            name, String.join(",", layers), String.join(",", inputs), String.join(",", outputs));
  }

  /** The whole, ending in the last layer's result where no output is named. */
  public String json(String last) {
    if (outputs.isEmpty()) {
      output(last, 0, 0);
    }
    return """
    {"module":"keras.src.models.functional","class_name":"Functional","config":%s,
    "registered_name":"Functional","build_config":{"input_shape":null}}\
    """
        .formatted(config());
  }
}
