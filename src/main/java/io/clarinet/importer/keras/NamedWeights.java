package io.clarinet.importer.keras;

import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.tensor.Constant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A layer's weights in files of Keras 1 and 2, which list them by name. */
final class NamedWeights implements LayerWeights {
  private final Map<String, String> paths;
  private final Function<String, Constant> reader;

  /**
   * @param paths where the layer's weights lie, by what Keras calls them
   * @param reader reads what lies at a path
   */
  private NamedWeights(Map<String, String> paths, Function<String, Constant> reader) {
    this.paths = paths;
    this.reader = reader;
  }

  /**
   * The weights of all layers of a file's network.
   *
   * @param root the group that has a group for each layer
   */
  static LayerWeights in(Hdf5Group root, UnaryOperator<Constant> check) {
    return new LayerWeights() {
      @Override
      public LayerWeights ofLayer(LayerSpec layer) {
        return of(root.group(layer.name()), check);
      }

      @Override
      public boolean has(String role) {
        return false;
      }

      @Override
      public Constant get(String... roles) {
        throw new IllegalArgumentException("a network has no weight \"" + roles[0] + "\"");
      }
    };
  }

  /** The weights that a layer's group lists; none where there is no group. */
  private static LayerWeights of(@Nullable Hdf5Group group, UnaryOperator<Constant> check) {
    List<String> names = group == null ? null : group.texts("weight_names");
    Map<String, String> paths = new LinkedHashMap<>();
    if (names != null) {
      names.forEach(name -> paths.put(name, name));
    }
    return new NamedWeights(paths, path -> check.apply(Objects.requireNonNull(group).floats(path)));
  }

  @Override
  public LayerWeights ofLayer(LayerSpec layer) {
    String inside = layer.name() + "/";
    Map<String, String> own = new LinkedHashMap<>();
    paths.forEach(
        (name, path) -> {
          if (name.startsWith(inside) || name.contains("/" + inside)) {
            own.put(name, path);
          }
        });
    boolean unnamed = own.isEmpty() && layer.nested() != null; // a model within gives no prefix
    return unnamed ? this : new NamedWeights(own, reader);
  }

  @Override
  public boolean has(String role) {
    return paths.keySet().stream().anyMatch(name -> plays(name, role));
  }

  @Override
  public Constant get(String... roles) {
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
