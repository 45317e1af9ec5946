package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A kernel for one work-item a group takes over in silence where none for GPUs is offered. */
class GpuKernelsTest {
  private static final Path SOURCES =
      Path.of("src", "main", "java", "io", "clarinet", "kernel", "gpu");
  private static final Pattern KERNEL = Pattern.compile("record (\\w+)\\([^{]*implements Kernel");

  @Test
  void everyOperatorOfCpuDevicesHasKernelsForGpus() {
    Set<Class<?>> operators = new HashSet<>(OpenClKernels.table().operators());
    operators.remove(Reshape.class); // always a view
    assertThat(GpuKernels.own().operators()).containsAll(operators);
  }

  @Test
  void noKernelStandsTwiceInARow() {
    Window2d window = Window2d.square(3, 1, 1);
    for (Op op : List.of(new Conv2d(window, 1, Epilogue.NONE), Binary.ADD, Unary.RELU)) {
      assertThat(GpuKernels.own().of(op).stream().map(Kernel::name)).doesNotHaveDuplicates();
    }
  }

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
