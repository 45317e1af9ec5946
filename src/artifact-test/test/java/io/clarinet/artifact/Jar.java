package io.clarinet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** What stands in a jar. */
record Jar(Path file) {

  /** The jars that the command line needs, each by itself, as the launcher takes them. */
  static List<Jar> libraries() throws IOException {
    try (Stream<Path> files = Files.list(Built.cli().resolveSibling("lib"))) {
      return files.filter(file -> !file.endsWith(Built.cli().getFileName())).map(Jar::new).toList();
    }
  }

  /** The name of the file without version and extension. */
  String artifact() {
    return file.getFileName().toString().replaceFirst("-\\d.*|\\.jar$", "");
  }

  /** The names of all files inside. */
  List<String> names() throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  List<String> names(String pattern) throws IOException {
    return names().stream().filter(name -> name.matches(pattern)).toList();
  }

  Attributes manifest() throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getManifest().getMainAttributes();
    }
  }

  byte[] bytes(String name) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      ZipEntry entry = jar.getEntry(name);
      assertThat(entry).as("%s in %s", name, file.getFileName()).isNotNull();
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
