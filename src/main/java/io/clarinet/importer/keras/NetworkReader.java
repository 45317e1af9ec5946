package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.Call;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a network, of any version of Keras. */
final class NetworkReader {
  private static final Set<String> NETWORKS = Set.of("Model", "Functional", "Sequential");

  private NetworkReader() {}

  /**
   * The network that a JSON object {@code {"class_name": …, "config": …}} describes.
   *
   * @throws IllegalArgumentException saying what is missing or wrong
   * @throws UnsupportedOperationException if it is a class of the user's own
   */
  static NetworkConfig read(Map<?, ?> json) {
    String kind = String.valueOf(json.get("class_name"));
    if (!NETWORKS.contains(kind)) {
      throw new UnsupportedOperationException(
          "models of class " + kind + "; rebuild it as a functional model and save that");
    }
    return network(kind, json.get("config"));
  }

  private static NetworkConfig network(String kind, @Nullable Object config) {
    if (kind.equals("Sequential")) {
      return config instanceof List<?> layers
          ? sequential("sequential", layers)
          : sequential(text(config, "name", "sequential"), list(config, "layers"));
    }
    List<LayerSpec> layers = new ArrayList<>();
    for (Object layer : list(config, "layers")) {
      List<Call> calls = new ArrayList<>();
      for (Object call : list(layer, "inbound_nodes")) {
        calls.add(CallReader.read(call));
      }
      layers.add(layer(layer, calls));
    }
    return new NetworkConfig(
        text(config, "name", "model"),
        layers,
        CallReader.references(member(config, "input_layers")),
        CallReader.references(member(config, "output_layers")));
  }

  private static LayerSpec layer(Object json, List<Call> calls) {
    Object config = member(json, "config");
    String oldKind = text(json, "class_name", "");
    LayerConfig settings =
        LayerConfig.of(
            config instanceof List<?> ? Map.of() : object(config, "the config of a layer"));
    String kind = KerasOne.kind(oldKind, settings);
    String name = text(json, "name", settings.text("name", kind.toLowerCase(Locale.ROOT)));
    boolean nested = NETWORKS.contains(kind);
    List<Call> all = kind.equals("InputLayer") ? List.of(new Call(List.of(), false)) : calls;
    return new LayerSpec(
        name, kind, KerasOne.config(oldKind, settings), nested ? network(kind, config) : null, all);
  }

  private static NetworkConfig sequential(String name, List<?> layers) {
    List<LayerSpec> chain = new ArrayList<>();
    TensorRef last = null;
    for (Object json : layers) {
      LayerSpec layer = layer(json, List.of());
      if (last == null && !layer.kind().equals("InputLayer")) {
        LayerSpec input = inputOf(layer, name);
        chain.add(input);
        last = new TensorRef(input.name(), 0, 0);
      }
      List<TensorRef> inputs = last == null ? List.of() : List.of(last);
      List<Call> calls = List.of(new Call(inputs, false));
      chain.add(new LayerSpec(layer.name(), layer.kind(), layer.config(), layer.nested(), calls));
      last = new TensorRef(layer.name(), 0, 0);
    }
    if (last == null) {
      throw new IllegalArgumentException("the model has no layers");
    }
    TensorRef first = new TensorRef(chain.get(0).name(), 0, 0);
    return new NetworkConfig(name, chain, List.of(first), List.of(last));
  }

  /** The input layer that the first layer of a sequential model stands for. */
  private static LayerSpec inputOf(LayerSpec first, String model) {
    NetworkConfig nested = first.nested();
    if (nested != null) {
      TensorRef input = nested.inputs().get(0);
      return nested.layers().stream()
          .filter(layer -> layer.name().equals(input.layer()))
          .findFirst()
          .map(layer -> renamed(layer, model + "_input"))
          .orElseThrow(() -> new IllegalArgumentException("no layer " + input.layer()));
    }
    return renamed(
        new LayerSpec("", "InputLayer", first.config(), null, List.of()), first.name() + "_input");
  }

  private static LayerSpec renamed(LayerSpec layer, String name) {
    List<Call> once = List.of(new Call(List.of(), false));
    return new LayerSpec(name, "InputLayer", layer.config(), null, once);
  }

  static @Nullable Object member(@Nullable Object json, String name) {
    return object(json, "what should hold \"" + name + "\"").get(name);
  }

  private static List<?> list(@Nullable Object json, String name) {
    if (!(member(json, name) instanceof List<?> list)) {
      throw new IllegalArgumentException("the model's \"" + name + "\" is no list");
    }
    return list;
  }

  private static String text(@Nullable Object json, String name, String otherwise) {
    return member(json, name) instanceof String text ? text : otherwise;
  }

  private static Map<?, ?> object(@Nullable Object json, String what) {
    if (!(json instanceof Map<?, ?> object)) {
      throw new IllegalArgumentException(what + " is no JSON object");
    }
    return object;
  }
}
