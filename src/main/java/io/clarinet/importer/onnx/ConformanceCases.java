package io.clarinet.importer.onnx;

import io.clarinet.file.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * ONNX's backend test cases in folders and {@code .tar.gz} archives, which are unpacked into a
 * temporary folder until this is closed.
 */
public final class ConformanceCases implements AutoCloseable {
  private final List<Path> models = new ArrayList<>();
  private final List<TemporaryFolder> temporary = new ArrayList<>();

  private ConformanceCases() {}

  /**
   * The cases in folders, those below them, and the archives in them.
   *
   * @throws IOException if a folder or an archive is missing or cannot be read
   */
  public static ConformanceCases in(List<Path> places) throws IOException {
    ConformanceCases cases = new ConformanceCases();
    try {
      for (Path place : places) {
        cases.add(place);
      }
      return cases;
    } catch (IOException | RuntimeException e) {
      cases.close();
      throw e;
    }
  }

  /** The model of each case, in the order of the places given and of the names in each. */
  public List<Path> models() {
    return List.copyOf(models);
  }

  private void add(Path place) throws IOException {
    if (!Files.exists(place)) {
      throw new NoSuchFileException(place.toString());
    }
    for (Path file : files(place)) {
      if (isArchive(file)) {
        TemporaryFolder folder = TemporaryFolder.create("clarinet-conformance");
        temporary.add(folder);
        TarGz.unpack(file, folder.path());
        files(folder.path()).stream().filter(ConformanceCases::isCase).forEach(models::add);
      } else if (isCase(file)) {
        models.add(file);
      }
    }
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean isArchive(Path file) {
    return file.toString().endsWith(".tar.gz");
  }

  private static boolean isCase(Path file) {
    return file.endsWith("model.onnx") || Files.exists(lightOutput(file));
  }

  /** The file with the expected output beside a model of ONNX's folder {@code light}. */
  static Path lightOutput(Path model) {
    return model.resolveSibling(
        String.valueOf(model.getFileName()).replaceFirst("\\.onnx$", "") + "_output_0.pb");
  }

  @Override
  public void close() {
    temporary.forEach(TemporaryFolder::close);
    temporary.clear();
  }
}
