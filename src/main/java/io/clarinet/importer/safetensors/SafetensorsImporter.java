package io.clarinet.importer.safetensors;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.tensor.Constant;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Zoo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills an architecture of the zoo with the weights of a safetensors file. */
public final class SafetensorsImporter {
  private static final String ARCHITECTURE = "architecture";

  private SafetensorsImporter() {}

  /**
   * The graph of a file; its metadata are the architecture's, overridden by the file's own.
   *
   * @param architecture a name of the zoo; null takes the one that the file's metadata name, else
   *     the first of the zoo whose tensors are the file's, by name and shape
   * @throws ModelFormatException if the file is unsound, or its tensors are not the architecture's
   */
  public static Graph read(Path path, @Nullable String architecture) {
    return read(SafetensorsFile.open(path), architecture);
  }

  /** As {@link #read(Path, String)}, of a file that is open already. */
  public static Graph read(SafetensorsFile file, @Nullable String architecture) {
    Path path = file.path();
    String name = architecture != null ? architecture : file.metadata().get(ARCHITECTURE);
    Architecture chosen = name != null ? named(name, path) : inferred(file);
    try {
      Graph graph = chosen.graph(new FileWeights(file.tensors()));
      Map<String, String> metadata = new HashMap<>(graph.metadata());
      metadata.putAll(file.metadata());
      metadata.put(ARCHITECTURE, chosen.name());
      return new Graph(
          graph.name(),
          graph.inputs(),
          graph.outputs(),
          graph.constants(),
          graph.nodes(),
          metadata);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          Kind.INVALID, path, "its weights are not " + chosen.name() + "'s: " + e.getMessage(), e);
    }
  }

  private static Architecture named(String name, Path path) {
    return Zoo.find(name)
        .orElseThrow(
            () ->
                new ModelFormatException(
                    Kind.UNSUPPORTED,
                    path,
                    "\"" + name + "\" is no architecture of the zoo; there are " + names()));
  }

  private static Architecture inferred(SafetensorsFile file) {
    for (Architecture architecture : Zoo.all()) {
      if (fits(architecture, file.tensors())) {
        return architecture;
      }
    }
    throw new ModelFormatException(
        Kind.UNSUPPORTED,
        file.path(),
        "its tensors are no known architecture's; name the nearest of " + names());
  }

  private static boolean fits(Architecture architecture, Map<String, Constant> tensors) {
    FileWeights weights = new FileWeights(tensors);
    try {
      architecture.graph(weights);
      return weights.allRead();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String names() {
    return Zoo.all().stream().map(Architecture::name).collect(Collectors.joining(", "));
  }
}
