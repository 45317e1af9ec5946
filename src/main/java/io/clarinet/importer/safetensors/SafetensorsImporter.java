package io.clarinet.importer.safetensors;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelConfig;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.ZooImport;
import java.nio.file.Path;

/** Fills an architecture of the zoo with the weights of a safetensors file. */
public final class SafetensorsImporter {
  private SafetensorsImporter() {}

  /**
   * The graph of a file, as {@link ZooImport} finds it, with what timm's configuration beside it
   * says.
   *
   * @throws ModelFormatException if the file is unsound, or its tensors are not the architecture's
   */
  public static Graph read(Path path, ImportOptions options) {
    return ZooImport.read(ModelConfig.completed(open(path)), options);
  }

  /**
   * The tensors of a file, which is mapped.
   *
   * @throws ModelFormatException if it is missing or unsound
   */
  public static StateDictionary open(Path path) {
    return dictionary(SafetensorsFile.open(path));
  }

  /** Reads like {@link #read(Path, ImportOptions)}, from a file that is open already. */
  public static Graph read(SafetensorsFile file, ImportOptions options) {
    return ZooImport.read(dictionary(file), options);
  }

  private static StateDictionary dictionary(SafetensorsFile file) {
    return new StateDictionary(file.path(), file.tensors(), file.metadata());
  }
}
