package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A kernel for one work-item a group takes over in silence where none for GPUs is offered. */
class GpuKernelsTest {
  private static final Path SOURCES =
      Path.of("src", "main", "java", "io", "clarinet", "kernel", "gpu");
  private static final Pattern KERNEL = Pattern.compile("record (\\w+)\\([^{]*implements Kernel");

  @Test
  void everyKernelIsInTheTable() throws IOException {
    String table = Files.readString(SOURCES.resolve("GpuKernels.java"));
    for (Path source : sources()) {
      String text = Files.readString(source);
      if (KERNEL.matcher(text).find()) {
        String kernel = source.getFileName().toString().replace(".java", "");
        boolean made = contains(table, kernel) || contains(madeBy(table), kernel);
        assertThat(made).as(kernel + " is offered").isTrue();
      }
    }
  }

  /** The kernels that the table names, which may make others. */
  private static String madeBy(String table) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path source : sources()) {
      String name = source.getFileName().toString().replace(".java", "");
      String text = Files.readString(source);
      if (contains(table, name) && KERNEL.matcher(text).find()) {
        all.append(text.replaceAll("\\b" + name + "\\b", ""));
      }
    }
    return all.toString();
  }

  private static boolean contains(String text, String name) {
    return Pattern.compile("\\b" + name + "(\\(|\\.|::)").matcher(text).find();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.filter(f -> !f.endsWith("GpuKernels.java")).toList();
    }
  }
}
