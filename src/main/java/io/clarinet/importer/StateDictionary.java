package io.clarinet.importer;

import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named tensors of a file that holds weights and no graph.
 *
 * @param file where they are from, or what errors call it
 * @param tensors by name, in the file's order; floating-point values as float32
 * @param metadata the file's own metadata, such as labels
 */
public record StateDictionary(
    Path file, Map<String, Constant> tensors, Map<String, String> metadata) {
  private static final Logger LOG = LoggerFactory.getLogger(StateDictionary.class);
  private static final int MAX_TENSORS = 1 << 14;

  /**
   * Copies of the maps.
   *
   * @throws ModelFormatException if there are too many tensors
   */
  public StateDictionary {
    requireFew(file, tensors.size());
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Map.copyOf(metadata);
    if (tensors.values().stream().anyMatch(StateDictionary::isNarrowed)) {
      LOG.warn("{}: its float64 numbers are computed with as float32", file);
    }
  }

  private static boolean isNarrowed(Constant tensor) {
    return tensor instanceof Converted converted
        && converted.source().type() == ElementType.FLOAT64;
  }

  /**
   * Refuses a file that goes on naming tensors where the deepest networks have some thousand.
   *
   * @throws ModelFormatException if there are too many
   */
  public static void requireFew(Path file, int tensors) {
    if (tensors > MAX_TENSORS) {
      throw new ModelFormatException(
          Kind.UNSUPPORTED,
          file,
          "holds more than " + MAX_TENSORS + " tensors, as no network of the zoo does");
    }
  }
}
