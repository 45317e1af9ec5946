package io.clarinet.importer.keras;

import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.tensor.Constant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The weights of a layer, each found by its role. */
final class LayerWeights {
  private final Map<String, String> paths;
  private final Function<String, Constant> reader;

  /**
   * @param paths where the layer's weights lie, by what Keras calls them
   * @param reader reads what lies at a path
   */
  private LayerWeights(Map<String, String> paths, Function<String, Constant> reader) {
    this.paths = paths;
    this.reader = reader;
  }

  /** The weights that a layer's group lists; none where there is no group. */
  static LayerWeights of(@Nullable Hdf5Group group, Function<Constant, Constant> check) {
    List<String> names = group == null ? null : group.texts("weight_names");
    Map<String, String> paths = new LinkedHashMap<>();
    if (names != null) {
      names.forEach(name -> paths.put(name, name));
    }
    return new LayerWeights(paths, path -> check.apply(Objects.requireNonNull(group).floats(path)));
  }

  /** The weights of one layer of a nested network, by the layer's name within theirs. */
  LayerWeights ofLayer(String layer) {
    Map<String, String> own = new LinkedHashMap<>();
    paths.forEach(
        (name, path) -> {
          if (name.startsWith(layer + "/") || name.contains("/" + layer + "/")) {
            own.put(name, path);
          }
        });
    return new LayerWeights(own, reader);
  }

  /**
   * The weight of a role.
   *
   * @param roles its names in the versions of Keras, such as {@code kernel} and {@code W}
   * @throws IllegalArgumentException if there is none
   */
  Constant get(String... roles) {
    for (String role : roles) {
      for (Map.Entry<String, String> entry : paths.entrySet()) {
        if (plays(entry.getKey(), role)) {
          return reader.apply(entry.getValue());
        }
      }
    }
    throw new IllegalArgumentException(
        "it has no weight \"" + roles[0] + "\" but " + paths.keySet());
  }

  /** Names end in their role, after a slash or in Keras 1 an underscore, and may be numbered. */
  private static boolean plays(String name, String role) {
    String end = name.substring(name.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
    String bare = end.replaceFirst("_\\d+$", "");
    return end.equals(role) || bare.equals(role) || end.endsWith("_" + role);
  }
}
