package io.clarinet.importer.keras;

import io.clarinet.importer.Outline;
import io.clarinet.importer.Weighed;
import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import io.clarinet.tensor.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a file says of a network, whether or not its layers are known. */
final class KerasOutline {
  private static final String INPUT = "InputLayer";
  private static final int MOST_NESTED = 100;

  private KerasOutline() {}

  static Outline of(NetworkConfig network, SavedNetwork saved) {
    Map<String, LayerSpec> layers = network.byName();
    Map<String, Integer> kinds = new LinkedHashMap<>();
    count(network, kinds, 0);
    Weighed weighed = saved.isNumbered() ? numbered(network, saved) : weighed(saved.weights());
    return new Outline(
        "Keras model in " + saved.format(),
        saved.origin(),
        network.inputs().stream().map(input -> value(layers, input)).toList(),
        network.outputs().stream()
            .map(output -> new Outline.Value(output.layer(), "", null))
            .toList(),
        kinds,
        weighed.parameters(),
        weighed.bytes(),
        Map.of());
  }

  private static void count(NetworkConfig network, Map<String, Integer> kinds, int depth) {
    for (LayerSpec layer : network.layers()) {
      NetworkConfig nested = layer.nested();
      if (nested != null && depth < MOST_NESTED) {
        count(nested, kinds, depth + 1);
      } else if (!layer.kind().equals(INPUT)) {
        kinds.merge(layer.kind(), 1, Integer::sum);
      }
    }
  }

  private static Outline.Value value(Map<String, LayerSpec> layers, TensorRef input) {
    LayerSpec layer = layers.get(input.layer());
    LayerConfig config = layer == null ? new LayerConfig(Map.of()) : layer.config();
    Object shape = config.get(config.has("batch_shape") ? "batch_shape" : "batch_input_shape");
    List<String> extents = null;
    if (shape instanceof List<?> declared) {
      extents = new ArrayList<>();
      for (Object extent : declared) {
        extents.add(extent instanceof Long number ? number.toString() : "?");
      }
    }
    return new Outline.Value(input.layer(), config.elementType(), extents);
  }

  private static Weighed numbered(NetworkConfig network, SavedNetwork saved) {
    Weighed[] sum = {new Weighed(0, 0, 0)};
    NumberedLayers.each(
        network.layers(),
        saved.layers(UnaryOperator.identity()),
        (layer, role, weight) -> sum[0] = sum[0].and(weight.type(), weight.shape(), false));
    return sum[0];
  }

  private static Weighed weighed(Hdf5Group weights) {
    Weighed sum = new Weighed(0, 0, 0);
    List<String> layers = weights.texts("layer_names");
    for (String layer : layers == null ? List.<String>of() : layers) {
      Hdf5Group group = weights.group(layer);
      List<String> names = group == null ? null : group.texts("weight_names");
      if (group != null && names != null) {
        for (String name : names) {
          sum = sum.and(ElementType.FLOAT32, group.floats(name).shape(), false);
        }
      }
    }
    return sum;
  }
}
