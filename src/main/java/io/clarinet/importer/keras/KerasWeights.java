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
          Map.entry("pointwise_kernel", "pointwise.weight"),
          Map.entry("Variable", "weight"),
          Map.entry("variable", "weight"),
          Map.entry("bias", "bias"),
          Map.entry("b", "bias"),
          Map.entry("gamma", "weight"),
          Map.entry("beta", "bias"),
          Map.entry("moving_mean", "running_mean"),
          Map.entry("running_mean", "running_mean"),
          Map.entry("moving_variance", "running_var"),
          Map.entry("running_std", "running_var"));

  /** Pictures that a normalisation has seen, an integer of no use in inference. */
  private static final String COUNT = "count";

  private final Path file;
  private final ImportOptions options;
  private final UnaryOperator<String> counted;
  private final VggNames vgg;
  private final Map<String, Constant> tensors = new LinkedHashMap<>();

  /**
   * @param layers the names of all layers
   */
  private KerasWeights(Path file, ImportOptions options, List<String> layers) {
    this.file = file;
    this.options = options;
    this.counted = CountedNames.of(layers)::renamed;
    this.vgg = VggNames.of(layers);
  }

  /**
   * All weights of the layers that the file lists.
   *
   * @throws ModelFormatException if it lists none, or they are damaged
   */
  static StateDictionary read(Path file, SavedNetwork saved, ImportOptions options) {
    List<String> layers = saved.weights().texts("layer_names");
    KerasWeights weights;
    if (layers != null) {
      weights = new KerasWeights(file, options, layers);
      layers.forEach(layer -> weights.readLayer(saved.weights(), layer));
    } else if (saved.isNumbered()) {
      weights = numbered(file, saved, options);
    } else {
      throw ModelFormatException.unsupported(
          file,
          "it holds neither a Keras model (model_config) nor Keras's weights (layer_names)",
          List.of());
    }
    return new StateDictionary(file, weights.tensors, Map.of());
  }

  private static KerasWeights numbered(Path file, SavedNetwork saved, ImportOptions options) {
    Map<?, ?> config = saved.config();
    List<LayerSpec> layers =
        config == null
            ? NumberedLayers.named(saved.weights())
            : NetworkReader.read(config).layers();
    KerasWeights weights =
        new KerasWeights(file, options, layers.stream().map(LayerSpec::name).toList());
    NumberedLayers.each(layers, saved.layers(UnaryOperator.identity()), weights::add);
    return weights;
  }

  private void readLayer(Hdf5Group root, String layer) {
    Hdf5Group group = root.group(layer);
    List<String> names = group == null ? null : group.texts("weight_names");
    if (group == null || names == null) {
      return;
    }
    StateDictionary.requireFew(file, tensors.size() + names.size());
    boolean nested = names.stream().map(KerasWeights::zooRole).distinct().count() < names.size();
    for (String name : names) {
      if (!role(name).equals(COUNT)) {
        add(nested ? within(layer, name) : layer, role(name), group.floats(name));
      }
    }
  }

  /** The layer of a network that is a layer itself whose weight this is. */
  private static String within(String layer, String name) {
    String[] parts = name.split("/", -1);
    return parts.length < 2 ? layer : parts[parts.length - 2];
  }

  private void add(String layer, String role, Constant stored) {
    StateDictionary.requireFew(file, tensors.size());
    options.limits().require(file, Math.multiplyExact(4, stored.shape().size()));
    Constant ordered = ordered(role, stored, vgg.pixels(layer, stored.shape()));
    String renamed = counted.apply(vgg.renamed(layer));
    tensors.put(renamed + "." + ROLES.getOrDefault(role, role), ordered);
  }

  private static String zooRole(String name) {
    String role = role(name);
    return ROLES.getOrDefault(role, role);
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
