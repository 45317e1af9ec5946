package io.clarinet.importer.keras;

import io.clarinet.importer.hdf5.Hdf5Group;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.tensor.Constant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A layer's weights in files of Keras 3, which number them: {@code layers/conv2d_1/vars/0} is the
 * kernel of a network's second convolution.
 */
final class NumberedWeights implements LayerWeights {
  private static final String LAYERS = "layers";

  /** What the first files of this kind had in place of {@code layers}, numbered with gaps. */
  private static final String DEPENDENCIES = "_layer_checkpoint_dependencies";

  static final String VARIABLES = "vars";
  private static final Pattern NUMBERED = Pattern.compile("(.*)_([1-9]\\d{0,8})");

  private final @Nullable Hdf5Group group;
  private final List<String> roles;
  private final UnaryOperator<Constant> check;

  /** The folders of {@link #DEPENDENCIES} by their class, each in the order of its numbers. */
  private @Nullable Map<String, List<String>> older;

  private NumberedWeights(
      @Nullable Hdf5Group group, List<String> roles, UnaryOperator<Constant> check) {
    this.group = group;
    this.roles = roles;
    this.check = check;
  }

  /** The group of a network's layers, or null where none has a number. */
  static @Nullable Hdf5Group layers(Hdf5Group network) {
    Hdf5Group layers = network.group(LAYERS);
    return layers == null ? network.group(DEPENDENCIES) : layers;
  }

  /** The weights of all layers of a network. */
  static LayerWeights in(Hdf5Group root, UnaryOperator<Constant> check) {
    return new NumberedWeights(root, List.of(), check);
  }

  @Override
  public LayerWeights ofLayer(LayerSpec layer) {
    return new NumberedWeights(
        find(layer.variables()), VariableOrder.of(layer.kind(), layer.config()), check);
  }

  private @Nullable Hdf5Group find(VariablePath path) {
    if (group == null) {
      return null;
    }
    Hdf5Group layers = group.group(LAYERS);
    if (layers != null) {
      return layers.group(path.folder());
    }
    Hdf5Group dependencies = group.group(DEPENDENCIES);
    return dependencies == null ? null : nth(dependencies, path);
  }

  /** The layer of this class and number, by the order of those that are there. */
  private @Nullable Hdf5Group nth(Hdf5Group layers, VariablePath path) {
    if (older == null) {
      older = layers.names().stream().collect(Collectors.groupingBy(NumberedWeights::kind));
      older.values().forEach(same -> same.sort(Comparator.comparingInt(NumberedWeights::number)));
    }
    List<String> same = older.getOrDefault(path.kind(), List.of());
    return path.index() < same.size() ? layers.group(same.get(path.index())) : null;
  }

  /** The class in a folder's name. */
  static String kind(String folder) {
    Matcher numbered = NUMBERED.matcher(folder);
    return numbered.matches() ? numbered.group(1) : folder;
  }

  /** The number in a folder's name. */
  static int number(String folder) {
    Matcher numbered = NUMBERED.matcher(folder);
    return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 0;
  }

  private @Nullable Hdf5Group variables() {
    return group == null ? null : group.group(VARIABLES);
  }

  @Override
  public boolean has(String role) {
    Hdf5Group variables = variables();
    return variables != null && variables.names().contains("" + roles.indexOf(role));
  }

  @Override
  public Constant get(String... names) {
    Hdf5Group variables = variables();
    for (String name : names) {
      if (variables != null && has(name)) {
        return check.apply(variables.floats("" + roles.indexOf(name)));
      }
    }
    throw new IllegalArgumentException(
        "its weight \"%s\", variable %d, is not in the file, which has %d of it; save the whole model"
            .formatted(
                names[0],
                Arrays.stream(names).mapToInt(roles::indexOf).max().orElse(-1),
                variables == null ? 0 : variables.names().size()));
  }
}
