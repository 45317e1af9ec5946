package io.clarinet.cli.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What had processors beside a load since it began, in processors: told with its figures, so that
 * none is taken for the server's doing. Linux alone tells; elsewhere both are 0.
 */
final class OtherWork {
  private static final double TICKS = 100;

  private final ServeProcess server;
  private final long begun = System.nanoTime();
  private final double compiledBefore;
  private final double othersBefore;

  private OtherWork(ServeProcess server) throws IOException {
    this.server = server;
    this.compiledBefore = compiled(server);
    this.othersBefore = others(server);
  }

  static OtherWork beside(ServeProcess server) throws IOException {
    return new OtherWork(server);
  }

  /** Of the compilers of the server's JVM and of this one. */
  double compilers() throws IOException {
    return (compiled(server) - compiledBefore) / seconds();
  }

  /** In words. */
  String told() throws IOException {
    return String.format(
        Locale.ROOT,
        "%.2f processors compiled, %.2f worked for others",
        compilers(),
        (others(server) - othersBefore) / seconds());
  }

  private double seconds() {
    return (System.nanoTime() - begun) * 1e-9;
  }

  private static double compiled(ServeProcess server) throws IOException {
    return compiled(server.pid()) + compiled(ProcessHandle.current().pid());
  }

  private static double compiled(long pid) throws IOException {
    double nanos = 0;
    for (Path thread : ServeProcess.threads(pid)) {
      if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")) {
        nanos += ServeProcess.nanos(thread);
      }
    }
    return nanos * 1e-9;
  }

  /** Seconds of all processes but this one and the server, and of the kernel. */
  private static double others(ServeProcess server) throws IOException {
    Path stat = Path.of("/proc/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    List<String> all = List.of(Files.readAllLines(stat).get(0).split(" +", -1));
    double busy = all.subList(1, 4).stream().mapToDouble(Double::parseDouble).sum() / TICKS;
    Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return busy - server.processorSeconds() - own.toNanos() * 1e-9;
  }
}
