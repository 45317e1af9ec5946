package io.clarinet.importer;

import java.nio.file.Path;

/**
 * Bounds on the needs of a model.
 *
 * @param maxMemoryBytes most bytes of its constants, each unfolded to all its elements
 */
public record Limits(long maxMemoryBytes) {
  /** 16 GiB. */
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

  /** Refuses like {@link #require(Path, long)}, naming the constant that was read last. */
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
