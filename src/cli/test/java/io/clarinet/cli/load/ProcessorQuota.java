package io.clarinet.cli.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Half a processor for a process: by a control group of version 2 or 1 where one may be made, else
 * one processor by {@code taskset}.
 */
final class ProcessorQuota implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int PERIOD = 100_000;

  private final String name;
  private final double processors;
  private final Path group;
  private final Path outside;

  private ProcessorQuota(String name, double processors, Path group, Path outside) {
    this.name = name;
    this.processors = processors;
    this.group = group;
    this.outside = outside;
  }

  static ProcessorQuota make() {
    boolean second = Files.exists(ROOT.resolve("cgroup.controllers"));
    Path parent = second ? ROOT : ROOT.resolve("cpu");
    Path group = parent.resolve("clarinet-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(group);
      if (second) {
        Files.writeString(parent.resolve("cgroup.subtree_control"), "+cpu");
        Files.writeString(group.resolve("cpu.max"), PERIOD / 2 + " " + PERIOD);
      } else {
        Files.writeString(group.resolve("cpu.cfs_period_us"), "" + PERIOD);
        Files.writeString(group.resolve("cpu.cfs_quota_us"), "" + PERIOD / 2);
      }
      return new ProcessorQuota("a control group", 0.5, group, parent);
    } catch (IOException e) {
      return new ProcessorQuota("taskset, no control group could be made", 1, group, parent);
    }
  }

  /** How much that is. */
  double processors() {
    return processors;
  }

  /** Confines a process. */
  void confine(long pid) throws IOException, InterruptedException {
    if (Files.exists(group)) {
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
    } else {
      new ProcessBuilder("taskset", "-a", "-c", "-p", "0", Long.toString(pid))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(1, TimeUnit.MINUTES);
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(group)) {
      for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
        Files.writeString(outside.resolve("cgroup.procs"), pid);
      }
      Files.delete(group);
    }
  }

  @Override
  public String toString() {
    return "%.1f processors by %s".formatted(processors, name);
  }
}
