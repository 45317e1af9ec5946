package io.clarinet.importer;

import java.nio.file.Path;

/**
 * What a model may ask for.
 *
 * @param maxMemoryBytes what its constants may take once each is unfolded to all its elements
 */
public record Limits(long maxMemoryBytes) {
  public static final Limits DEFAULT = new Limits(16L << 30);

  /**
   * Refuses a file whose constants take more than is allowed.
   *
   * @param bytes of all constants, unfolded
   * @throws ModelFormatException if that is too much
   */
  public void require(Path file, long bytes) {
    if (bytes > maxMemoryBytes) {
      throw ModelFormatException.tooLarge(
          file,
          "its constants take more than the "
              + maxMemoryBytes
              + " bytes that are allowed; allow more with --max-memory");
    }
  }
}
