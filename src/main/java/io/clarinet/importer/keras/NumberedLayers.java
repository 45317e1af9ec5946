package io.clarinet.importer.keras;

import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layers whose weights a file of Keras 3 numbers. */
final class NumberedLayers {
  private static final int MOST_NESTED = 100;
  private static final int MOST_LAYERS = 1 << 14;

  /** The kinds that have weights, by the name of their folder. */
  private static final Map<String, String> KINDS = kinds();

  private int found;

  private NumberedLayers() {}

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new HashMap<>();
    for (String kind : VariableOrder.KINDS) {
      kinds.put(new VariablePath.Counter().next(kind).kind(), kind);
    }
    return Map.copyOf(kinds);
  }

  /** Takes each weight. */
  interface Visitor {
    void visit(String layer, String role, Constant weight);
  }

  /** Visits the weights of layers, and of those within nested models. */
  static void each(List<LayerSpec> layers, LayerWeights weights, Visitor visitor) {
    for (LayerSpec layer : layers) {
      LayerWeights own = weights.ofLayer(layer);
      NetworkConfig nested = layer.nested();
      if (nested != null) {
        each(nested.layers(), own, visitor);
      }
      for (String role : VariableOrder.of(layer.kind(), layer.config())) {
        if (own.has(role)) {
          visitor.visit(layer.name(), role, own.get(role));
        }
      }
    }
  }

  /**
   * The layers of a file of weights alone, which newer versions of Keras 3 name in an attribute.
   *
   * @throws UnsupportedOperationException if a layer with weights has no name
   */
  static List<LayerSpec> named(Hdf5Group network) {
    return new NumberedLayers().named(network, 0);
  }

  private List<LayerSpec> named(Hdf5Group network, int depth) {
    List<LayerSpec> layers = new ArrayList<>();
    Hdf5Group folders = NumberedWeights.layers(network);
    if (folders != null && depth < MOST_NESTED) {
      for (String folder : folders.names()) {
        Hdf5Group group = folders.group(folder);
        if (group != null) {
          layers.add(layer(folder, group, depth));
        }
      }
    }
    return layers;
  }

  private LayerSpec layer(String folder, Hdf5Group group, int depth) {
    if (++found > MOST_LAYERS) {
      throw new IllegalArgumentException("it has more than " + MOST_LAYERS + " layers");
    }
    Hdf5Group variables = group.group(NumberedWeights.VARIABLES);
    Set<String> numbers = variables == null ? Set.of() : variables.names();
    String kind = KINDS.getOrDefault(NumberedWeights.kind(folder), "");
    String name = variables == null ? null : variables.text("name");
    if (name == null && !kind.isEmpty() && !numbers.isEmpty()) {
      throw new UnsupportedOperationException(
          "a file of weights whose layers have no names, only numbers such as \""
              + folder
              + "\" (save the whole model: model.save(\"model.keras\"))");
    }
    List<LayerSpec> nested = named(group, depth + 1);
    return new LayerSpec(
        Objects.requireNonNullElse(name, folder),
        kind,
        new VariablePath(NumberedWeights.kind(folder), NumberedWeights.number(folder)),
        settings(kind, numbers.size()),
        network(nested),
        List.of());
  }

  private static @Nullable NetworkConfig network(List<LayerSpec> layers) {
    return layers.isEmpty() ? null : new NetworkConfig("", layers, List.of(), List.of());
  }

  /** The settings that decide how many variables a layer has. */
  private static LayerConfig settings(String kind, int count) {
    boolean bias = count > (kind.startsWith("Separable") ? 2 : 1);
    boolean norm = kind.equals("BatchNormalization");
    return new LayerConfig(
        Map.of("use_bias", bias, "scale", !norm || count > 3, "center", !norm || count > 2));
  }
}
