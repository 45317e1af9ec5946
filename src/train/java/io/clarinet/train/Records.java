package io.clarinet.train;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes samples as CIFAR records: a label byte, then the 3072 bytes of its planes. */
final class Records {
  private Records() {}

  static void write(List<Sample> samples, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Sample sample : samples) {
        out.write(sample.label());
        out.write(sample.pixels());
      }
    }
  }
}
