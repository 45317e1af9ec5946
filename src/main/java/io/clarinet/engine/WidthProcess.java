package io.clarinet.engine;

import io.clarinet.backend.CacheFolder;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.backend.jvm.KeptWidth;
import io.clarinet.backend.opencl.OpenClFiles;
import io.clarinet.file.JavaProgram;
import io.clarinet.kernel.Probe;
import io.clarinet.kernel.Uninterrupted;
import io.clarinet.kernel.jvm.JvmProfile;
import io.clarinet.kernel.jvm.Probes;
import io.clarinet.kernel.jvm.WarmUp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the width of the JVM's vectors in a process of its own, and keeps it: one that has used
 * several widths leaves vectors on the heap ever after ({@code decisions/jvm-target.md}).
 */
final class WidthProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WidthProcess.class);

  /** It takes two seconds where nothing else is at work. */
  private static final int LONGEST_SECONDS = 20;

  private WidthProcess() {}

  /** Returns when the width is kept, or cannot be; then the widest is what is known. */
  static void run(int threads) {
    Optional<Path> java = JavaProgram.find();
    List<Path> classPath = OpenClFiles.classPath();
    if (java.isEmpty() || classPath.isEmpty()) {
      LOG.debug("the width of vectors is not measured: no process can be started beside this one");
      return;
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command(java.get(), classPath, threads));
      JavaProgram.leaveOptions(builder.environment());
      Process process =
          builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      Uninterrupted.await(() -> process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS));
      process.destroyForcibly();
    } catch (IOException e) {
      LOG.debug("the width of vectors is not measured", e);
    }
  }

  private static List<String> command(Path java, List<Path> classPath, int threads) {
    return List.of(
        java.toString(),
        "-XX:+UseSerialGC",
        "-Xmx512m",
        "--add-modules",
        "jdk.incubator.vector",
        "-Dclarinet.cache=" + CacheFolder.standard(),
        "-cp",
        JavaProgram.classPath(classPath),
        WidthProcess.class.getName(),
        Integer.toString(threads));
  }

  /**
   * Measures and keeps.
   *
   * @param arguments the number of threads
   */
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[0]);
    new KeptWidth(JvmProfile.widths())
        .get(JvmOptions.standard().withThreads(threads), block -> probe(threads, block));
  }

  /** Nothing where the compiler takes too long: what is not compiled tells no speed. */
  private static Optional<Probe> probe(int threads, int block) {
    return WarmUp.widestTile(block)
        ? Optional.of(Probes.arithmetic(threads, block))
        : Optional.empty();
  }
}
