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
    require(file, bytes, "its constants take");
  }

  /** As {@link #require(Path, long)}, once another constant has come, which the error names. */
  public void requireWith(String constant, Path file, long bytes) {
    require(file, bytes, "with \"" + constant + "\" its constants take");
  }

  private void require(Path file, long bytes, String what) {
    if (bytes > maxMemoryBytes) {
      throw ModelFormatException.tooLarge(
          file,
          what
              + " more than the "
              + maxMemoryBytes
              + " bytes that are allowed; allow more with --max-memory");
    }
  }
}
