package io.clarinet.fuzz;

import com.sun.management.ThreadMXBean;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What every file gets, whatever it holds: a graph or the importers' own exception in one line,
 * within two seconds of processor time, and within twice its size and 64 MB of memory.
 */
final class ImportContract {
  private static final long MAX_NANOS = 2_000_000_000L;
  private static final long SLACK_BYTES = 64 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final BufferPoolMXBean DIRECT =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(pool -> pool.getName().equals("direct"))
          .findFirst()
          .orElseThrow();

  private final Format format;
  private final Path folder;

  private ImportContract(Format format, Path folder) {
    this.format = format;
    this.folder = folder;
    folder.toFile().deleteOnExit();
    path().toFile().deleteOnExit();
  }

  /** A contract for a format, once its classes are loaded and the zoo is known. */
  static ImportContract of(Format format) {
    try {
      ImportContract contract =
          new ImportContract(format, Files.createTempDirectory("clarinet-fuzz"));
      for (byte[] seed : format.seeds().values()) {
        contract.read(contract.file(seed));
      }
      return contract;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads the bytes as a file.
   *
   * @throws AssertionError saying what was broken
   */
  void check(byte[] bytes) {
    Path file = file(bytes);
    long allowed = 2L * bytes.length + SLACK_BYTES;
    long direct = DIRECT.getMemoryUsed();
    long heap = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    read(file);
    require("nanoseconds", THREADS.getCurrentThreadCpuTime() - start, MAX_NANOS);
    require("bytes of heap", THREADS.getCurrentThreadAllocatedBytes() - heap, allowed);
    require("bytes of direct memory", DIRECT.getMemoryUsed() - direct, allowed);
  }

  private void read(Path file) {
    try {
      Collection<Constant> constants = format.read(file);
      long dense = constants.stream().mapToLong(ImportContract::denseBytes).sum();
      require("bytes of constants", dense, 2 * file.toFile().length() + SLACK_BYTES);
      Format.touch(constants);
    } catch (ModelFormatException e) {
      if (String.valueOf(e.getMessage()).lines().count() != 1) {
        throw new AssertionError("an exception of several lines", e);
      }
    }
  }

  /** Present bytes of a constant; splats and deferred ones take none. */
  private static long denseBytes(Constant constant) {
    return constant instanceof Tensor tensor ? tensor.bytes().remaining() : 0;
  }

  private static void require(String what, long found, long allowed) {
    if (found > allowed) {
      throw new AssertionError(found + " " + what + ", where " + allowed + " are allowed");
    }
  }

  private Path path() {
    return folder.resolve("input." + format.extension());
  }

  /** A new file: one that is mapped already must not change. */
  private Path file(byte[] bytes) {
    Path file = path();
    try {
      Files.deleteIfExists(file);
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
