package io.clarinet.importer.keras;

import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.tensor.Constant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A network and its weights, as a file of any of Keras's formats holds them.
 *
 * @param format the format's name
 * @param config the network's JSON; null in a file of weights only
 * @param origin what wrote it: the version under {@code keras}, and the backend
 * @param weights the group that has the layers' weights
 */
record SavedNetwork(
    String format, @Nullable Map<?, ?> config, Map<String, String> origin, Hdf5Group weights) {

  /** What an HDF5 file holds. */
  static SavedNetwork of(Hdf5Group root) {
    String config = root.text("model_config");
    Hdf5Group saved = root.group("model_weights");
    Map<String, String> origin = new LinkedHashMap<>();
    note(origin, "keras", root.text("keras_version"));
    note(origin, "backend", root.text("backend"));
    return new SavedNetwork(
        "HDF5", config == null ? null : Json.object(config), origin, saved == null ? root : saved);
  }

  static void note(Map<String, String> origin, String name, @Nullable String value) {
    if (value != null) {
      origin.put(name, value);
    }
  }

  /** Whether the weights have numbers in place of names, as Keras 3 saves them. */
  boolean isNumbered() {
    return weights.texts("layer_names") == null && NumberedWeights.layers(weights) != null;
  }

  /**
   * The weights of all layers.
   *
   * @param check is given every weight before it is used
   */
  LayerWeights layers(UnaryOperator<Constant> check) {
    return isNumbered() ? NumberedWeights.in(weights, check) : NamedWeights.in(weights, check);
  }
}
