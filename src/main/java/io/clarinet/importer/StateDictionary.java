package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The named tensors of a file that holds weights and no graph.
 *
 * @param file where they are from, or what errors call it
 * @param tensors by name, in the file's order; floating-point values as float32
 * @param metadata what the file says of itself, such as labels
 */
public record StateDictionary(
    Path file, Map<String, Constant> tensors, Map<String, String> metadata) {

  /** Copies of the maps. */
  public StateDictionary {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Map.copyOf(metadata);
  }
}
