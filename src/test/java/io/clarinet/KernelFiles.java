package io.clarinet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kernel files of {@code opencl/}: {@code <target>/<kernel>.cl}. */
public final class KernelFiles {
  public static final Path ROOT = Path.of("opencl");

  private KernelFiles() {}

  /** Every kernel file, in order; its folder says which devices it is for. */
  public static List<Path> all() throws IOException {
    return find(".*\\.cl");
  }

  /** Every kernel file, and every file that these include. */
  public static List<Path> withIncludes() throws IOException {
    return find(".*\\.clh?");
  }

  private static List<Path> find(String name) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(p -> p.getFileName().toString().matches(name)).sorted().toList();
    }
  }

  /** The kernel in a file. */
  public static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".cl".length());
  }

  /** Copies files, named from the root on, into another folder of kernels. */
  public static void copy(List<Path> files, Path to) throws IOException {
    for (Path file : files) {
      Path copy = to.resolve(ROOT.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.write(copy, Files.readAllBytes(file));
    }
  }

  /** Has a kernel for CPU devices, in a copy of these files, do something first. */
  public static void tamper(Path copy, String kernel, String statement) throws IOException {
    Path file = copy.resolve("cpu").resolve(kernel + ".cl");
    String text = Files.readString(file);
    int body = text.indexOf(") {\n", text.indexOf("__kernel void")) + ") {\n".length();
    Files.writeString(file, text.substring(0, body) + statement + text.substring(body));
  }
}
