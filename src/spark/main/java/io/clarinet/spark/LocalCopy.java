package io.clarinet.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.spark.SparkFiles;

/**
 * A model's file on this machine, in the folder that Spark gives each of its processes and takes
 * away at the end.
 */
final class LocalCopy {
  private static final int MARK = 16;

  private LocalCopy() {}

  /** What a file is written from. */
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The file of this hash, written where it is not there yet.
   *
   * @param origin where it comes from, whose last part names it
   * @throws IOException in one line, if what comes has another hash
   */
  static Path of(String origin, String hash, Source source) throws IOException {
    Path file = place(origin, hash);
    if (!Files.exists(file)) {
      Path part = write(source);
      try {
        FileHash.check(part, origin, hash);
        keep(part, origin, hash);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return file;
  }

  /** A file without a name yet. */
  static Path write(Source source) throws IOException {
    Path part = Files.createTempFile(folder(), "model", ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      source.writeTo(out);
    }
    return part;
  }

  static void keep(Path part, String origin, String hash) throws IOException {
    Files.move(part, place(origin, hash), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The mark tells it from another file of the same name. */
  private static Path place(String origin, String hash) {
    String name = origin.substring(Math.max(origin.lastIndexOf('/'), origin.lastIndexOf('\\')) + 1);
    return folder().resolve(hash.substring(0, MARK) + "-" + name);
  }

  private static Path folder() {
    return Path.of(SparkFiles.getRootDirectory()).toAbsolutePath().normalize();
  }
}
