package io.clarinet.djl;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The model's file in a folder, beside its {@code synset.txt} and {@code serving.properties}. */
final class NetworkFile {
  private static final Set<String> KINDS =
      Set.of("onnx", "keras", "h5", "hdf5", "safetensors", "pth", "pt", "th");

  private NetworkFile() {}

  /**
   * The file of that name, with the ending of a model or without; else the only model there.
   *
   * @throws FileNotFoundException if there is none, or the name does not tell among several
   */
  static Path in(Path folder, String name) throws IOException {
    List<Path> models = models(folder);
    List<Path> named = models.stream().filter(file -> isNamed(file, name)).toList();
    List<Path> candidates = named.isEmpty() ? models : named;
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    throw new FileNotFoundException(
        candidates.isEmpty()
            ? folder + " holds no model: no file that ends in ." + String.join(", .", sorted())
            : folder
                + " holds several models; name one by Criteria.optModelName: "
                + candidates.stream().map(Path::getFileName).toList());
  }

  private static List<Path> models(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new FileNotFoundException(folder + ": no such file or folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> KINDS.contains(ending(file))).sorted().toList();
    }
  }

  private static List<String> sorted() {
    return KINDS.stream().sorted().toList();
  }

  private static boolean isNamed(Path file, String name) {
    String whole = String.valueOf(file.getFileName());
    return whole.equals(name) || whole.substring(0, whole.lastIndexOf('.')).equals(name);
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
