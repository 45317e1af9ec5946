package io.clarinet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One line of {@code fonts.tsv}: a font file, the split that its family is in, its checksum. */
record FontFile(
    String split, String family, String version, String licence, String name, String sha256) {
  private static final String LIST = "fonts.tsv";
  private static final String PACKAGES = "node_modules/@fontsource";
  private static final List<String> WEIGHTS = List.of("300", "400", "700", "900");

  /** Every fifth family, in alphabetical order, is kept for testing. */
  private static final int TEST_EVERY = 5;

  Path path(Path folder) {
    return folder.resolve(PACKAGES).resolve(family).resolve("files").resolve(name);
  }

  /** The committed list in {@code folder}. */
  static List<FontFile> list(Path folder) throws IOException {
    List<FontFile> files = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(LIST))) {
      if (!line.startsWith("#")) {
        String[] f = line.split("\t");
        files.add(new FontFile(f[0], f[1], f[2], f[3], f[4], f[5]));
      }
    }
    return files;
  }

  /** Writes the list anew from the installed packages. */
  static void writeList(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# split\tpackage\tversion\tlicence\tfile\tsha256");
    try (Stream<Path> packages = Files.list(folder.resolve(PACKAGES)).sorted()) {
      int number = 0;
      for (Path installed : packages.toList()) {
        boolean test = number++ % TEST_EVERY == TEST_EVERY - 1;
        lines.addAll(lines(installed, test ? "test" : "train"));
      }
    }
    Files.write(folder.resolve(LIST), lines);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(Path installed, String split) throws IOException {
    String manifest = Files.readString(installed.resolve("package.json"));
    String family = installed.getFileName().toString();
    List<String> lines = new ArrayList<>();
    for (String weight : WEIGHTS) {
      String name = family + "-latin-" + weight + "-normal.woff";
      Path file = installed.resolve("files").resolve(name);
      if (Files.exists(file)) {
        String version = field(manifest, "version");
        String licence = field(manifest, "license");
        String sum = sha256(Files.readAllBytes(file));
        lines.add(String.join("\t", split, family, version, licence, name, sum));
      }
    }
    return lines;
  }

  private static String field(String manifest, String name) {
    Matcher field = Pattern.compile("\"" + name + "\":\\s*\"([^\"]+)\"").matcher(manifest);
    return field.find() ? field.group(1) : "unknown";
  }
}
