package io.clarinet.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/** A file that each executor copies from a URL. */
record StoredFile(String url, String hash) implements ModelPlace {

  /** Read once here, for its hash. */
  static StoredFile of(String url) throws IOException {
    Path part = LocalCopy.write(out -> copy(url, out));
    try {
      String hash = FileHash.of(part);
      LocalCopy.keep(part, url, hash);
      return new StoredFile(url, hash);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void copy(String url, OutputStream out) throws IOException {
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(url);
    try (InputStream in = from.getFileSystem(SparkHadoopUtil.get().conf()).open(from)) {
      in.transferTo(out);
    }
  }

  @Override
  public String name(ClassifyOptions options) {
    return hash;
  }

  @Override
  public String find(ClassifyOptions options) throws IOException {
    return LocalCopy.of(url, hash, out -> copy(url, out)).toString();
  }
}
