package io.clarinet.cli.folder;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clarinet.file.AtomicFile;
import io.clarinet.file.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the lines of a file of answers are made, kept beside it: a later run goes on with the file
 * only if it would make the same.
 *
 * @param facts by their names, in the order in which differences are told
 */
public record RunRecord(Map<String, String> facts) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The place of a file's record. */
  public static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".run.json");
  }

  /** Keeps it beside the file. */
  public void write(Path file) throws IOException {
    AtomicFile.write(beside(file), out -> out.write(JSON.writeValueAsBytes(facts)));
  }

  /**
   * Returns if a file's lines were made so.
   *
   * @throws FileException naming the first difference, or if nothing tells how they were made
   */
  public void requireSame(Path file) throws IOException {
    Map<String, String> begun = read(file);
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      String before = begun.getOrDefault(fact.getKey(), "none");
      if (!before.equals(fact.getValue())) {
        throw FileException.invalid(
            file,
            "it was begun with %s %s, not %s; go on as it was begun, or write another file"
                .formatted(fact.getKey(), before, fact.getValue()),
            null);
      }
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Path record = beside(file);
    if (!Files.exists(record)) {
      throw FileException.invalid(
          file, "nothing tells how it was made: there is no " + record.getFileName(), null);
    }
    try {
      return JSON.readValue(
          Files.readAllBytes(record), new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (IOException e) {
      throw FileException.reading(record, e);
    }
  }
}
