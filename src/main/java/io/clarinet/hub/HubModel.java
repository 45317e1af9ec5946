package io.clarinet.hub;

import io.clarinet.importer.ModelConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * A model of a hub, in the cache.
 *
 * @param reference as it was asked for
 * @param commit what its revision stands for
 * @param file the file to load, with all that it needs beside it
 * @param config what the repository says of it
 * @param entries all its files here
 */
public record HubModel(
    HubReference reference, String commit, Path file, ModelConfig config, List<Entry> entries) {

  public HubModel {
    entries = List.copyOf(entries);
  }

  /**
   * A file.
   *
   * @param fetched whether it was not there before
   */
  public record Entry(String name, Path path, long bytes, boolean fetched) {}
}
