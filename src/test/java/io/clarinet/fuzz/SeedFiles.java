package io.clarinet.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a format's seeds as the folder of files that Jazzer starts from. */
final class SeedFiles {
  private SeedFiles() {}

  static void write(Format format, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> seed : format.seeds().entrySet()) {
      Files.write(folder.resolve(seed.getKey()), seed.getValue());
    }
  }
}
