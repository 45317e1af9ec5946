package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.Call;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
    VariablePath.Counter counter = new VariablePath.Counter();
    boolean three = false;
    for (Object json : list(config, "layers")) {
      List<Call> calls = new ArrayList<>();
      for (Object call : list(json, "inbound_nodes")) {
        three |= call instanceof Map<?, ?>;
        calls.add(CallReader.read(call));
      }
      layers.add(layer(json, calls, counter));
    }
    return functional(text(config, "name", "model"), layers, config, three);
  }

  private static NetworkConfig functional(
      String name, List<LayerSpec> layers, @Nullable Object config, boolean three) {
    List<TensorRef> inputs = CallReader.references(member(config, "input_layers"));
    List<TensorRef> outputs = CallReader.references(member(config, "output_layers"));
    List<TensorRef> between =
        layers.stream()
            .flatMap(layer -> layer.calls().stream())
            .flatMap(call -> call.inputs().stream())
            .toList();
    CallNumbers ofCalls = CallNumbers.of(layers, between, three ? 0 : 1);
    CallNumbers ofOutputs = CallNumbers.of(layers, outputs, 1);
    return new NetworkConfig(
        name, layers.stream().map(ofCalls::counted).toList(), inputs, ofOutputs.counted(outputs));
  }

  private static LayerSpec layer(Object json, List<Call> calls, VariablePath.Counter counter) {
    Object config = member(json, "config");
    String registered = text(json, "registered_name", "");
    String className = registered.contains(">") ? registered : text(json, "class_name", "");
    LayerConfig settings =
        LayerConfig.of(
            config instanceof List<?> ? Map.of() : object(config, "the config of a layer"));
    boolean operation = LayerKinds.isOperation(text(json, "module", ""));
    String kind = LayerKinds.of(className, operation, settings);
    String name = text(json, "name", settings.text("name", kind.toLowerCase(Locale.ROOT)));
    boolean nested = NETWORKS.contains(kind);
    boolean input = kind.equals("InputLayer");
    return new LayerSpec(
        name,
        kind,
        operation ? VariablePath.NONE : counter.next(className),
        KerasOne.config(className, settings),
        nested ? network(kind, config) : null,
        input ? List.of(Call.on(List.of())) : calls);
  }

  private static NetworkConfig sequential(String name, List<?> layers) {
    List<LayerSpec> chain = new ArrayList<>();
    VariablePath.Counter counter = new VariablePath.Counter();
    List<TensorRef> last = List.of();
    for (Object json : layers) {
      LayerSpec layer = layer(json, List.of(), counter);
      if (chain.isEmpty() && !layer.kind().equals("InputLayer")) {
        LayerSpec input = inputOf(layer, name);
        chain.add(input);
        last = results(input);
      }
      chain.add(layer.with(List.of(Call.on(last))));
      last = results(layer);
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("the model has no layers");
    }
    return new NetworkConfig(name, chain, results(chain.get(0)), last);
  }

  /** What a layer's first call gives. */
  private static List<TensorRef> results(LayerSpec layer) {
    NetworkConfig nested = layer.nested();
    int count = nested == null ? 1 : nested.outputs().size();
    return IntStream.range(0, count).mapToObj(i -> new TensorRef(layer.name(), 0, i)).toList();
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
    return renamed(first, first.name() + "_input");
  }

  private static LayerSpec renamed(LayerSpec layer, String name) {
    List<Call> once = List.of(Call.on(List.of()));
    return new LayerSpec(name, "InputLayer", VariablePath.NONE, layer.config(), null, once);
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
