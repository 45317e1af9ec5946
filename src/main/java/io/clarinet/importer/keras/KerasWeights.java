package io.clarinet.importer.keras;

import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The weights of an HDF5 file without their network, named and ordered as the zoo has them: layer
 * {@code conv1}'s kernel [h, w, in, out] is {@code conv1.weight} [out, in, h, w].
 */
final class KerasWeights {
  /** Keras's names of weights' roles, each with the zoo's name. */
  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("kernel", "weight"),
          Map.entry("W", "weight"),
          Map.entry("depthwise_kernel", "weight"),
          Map.entry("bias", "bias"),
          Map.entry("b", "bias"),
          Map.entry("gamma", "weight"),
          Map.entry("beta", "bias"),
          Map.entry("moving_mean", "running_mean"),
          Map.entry("running_mean", "running_mean"),
          Map.entry("moving_variance", "running_var"),
          Map.entry("running_std", "running_var"));

  private final Path file;
  private final ImportOptions options;
  private final Map<String, Constant> tensors = new LinkedHashMap<>();

  private KerasWeights(Path file, ImportOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * All weights of the layers that the file lists.
   *
   * @throws ModelFormatException if it lists none, or they are damaged
   */
  static StateDictionary read(Path file, SavedNetwork saved, ImportOptions options) {
    KerasWeights weights = new KerasWeights(file, options);
    List<String> layers = saved.weights().texts("layer_names");
    if (layers != null) {
      VggNames vgg = VggNames.of(layers);
      layers.forEach(layer -> weights.readLayer(saved.weights(), layer, vgg));
    } else if (saved.isNumbered()) {
      weights.readNumbered(saved);
    } else {
      throw ModelFormatException.unsupported(
          file,
          "it holds neither a Keras model (model_config) nor Keras's weights (layer_names)",
          List.of());
    }
    return new StateDictionary(file, weights.tensors, Map.of());
  }

  private void readNumbered(SavedNetwork saved) {
    Map<?, ?> config = saved.config();
    List<LayerSpec> layers =
        config == null
            ? NumberedLayers.named(saved.weights())
            : NetworkReader.read(config).layers();
    VggNames vgg = VggNames.of(layers.stream().map(LayerSpec::name).toList());
    NumberedLayers.each(
        layers,
        saved.layers(UnaryOperator.identity()),
        (layer, role, weight) -> add(layer, role, weight, vgg));
  }

  private void readLayer(Hdf5Group root, String layer, VggNames vgg) {
    Hdf5Group group = root.group(layer);
    List<String> names = group == null ? null : group.texts("weight_names");
    if (group == null || names == null) {
      return;
    }
    StateDictionary.requireFew(file, tensors.size() + names.size());
    names.forEach(name -> add(layer, role(name), group.floats(name), vgg));
  }

  private void add(String layer, String role, Constant stored, VggNames vgg) {
    StateDictionary.requireFew(file, tensors.size());
    options.limits().require(file, Math.multiplyExact(4, stored.shape().size()));
    Constant ordered = ordered(role, stored, vgg.pixels(layer, stored.shape()));
    tensors.put(vgg.renamed(layer) + "." + ROLES.getOrDefault(role, role), ordered);
  }

  /** The end of a name, after the last slash, or in Keras 1 after what may be the layer's name. */
  private static String role(String name) {
    String end = name.substring(name.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
    String bare = end.replaceFirst("_\\d+$", "");
    if (ROLES.containsKey(bare)) {
      return bare;
    }
    return ROLES.keySet().stream()
        .filter(role -> end.endsWith("_" + role))
        .max(Comparator.comparingInt(String::length))
        .orElse(end);
  }

  /**
   * @param pixels of the image whose flattened channels a dense layer reads; 1 if it reads none
   */
  private static Constant ordered(String role, Constant stored, int pixels) {
    Shape shape = stored.shape();
    if (role.equals("depthwise_kernel") && shape.rank() == 4) {
      return KernelOrder.depthwise(stored);
    }
    if (shape.rank() == 4) {
      return KernelOrder.convolution(stored);
    }
    return shape.rank() == 2
        ? KernelOrder.reversed(
            stored, pixels, shape.dim(0) / pixels, Shape.of(shape.dim(1), shape.dim(0)))
        : stored;
  }
}
