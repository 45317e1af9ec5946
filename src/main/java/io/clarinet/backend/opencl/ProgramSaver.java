package io.clarinet.backend.opencl;

import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.DeviceException;
import io.clarinet.kernel.Uninterrupted;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the binaries of programs that were built from source, in the background. A binary is taken
 * only after the program's kernel has run, for drivers that compile for the work-group size at the
 * first start would else leave that out.
 */
final class ProgramSaver implements AutoCloseable {
  private final BinaryCache cache;
  private final Set<Program> fresh = new HashSet<>();
  private final Queue<Program> ready = new ArrayDeque<>();
  private @Nullable Thread thread;

  ProgramSaver(BinaryCache cache) {
    this.cache = cache;
  }

  /** Adds a program that was built from source. */
  synchronized void built(Program program) {
    fresh.add(program);
  }

  /** Marks programs whose kernels have run. */
  synchronized void ran(Collection<Program> programs) {
    for (Program program : programs) {
      if (fresh.remove(program)) {
        ready.add(program);
      }
    }
  }

  /** Starts to keep what has run. */
  synchronized void start() {
    if (ready.isEmpty() || thread != null) {
      return;
    }
    Thread saving = new Thread(this::saveAll, "clarinet-program-cache");
    saving.setDaemon(true);
    thread = saving;
    saving.start();
  }

  private void saveAll() {
    for (Program next = next(); next != null; next = next()) {
      try {
        cache.put(next.key(), InFlight.alone(next::binary));
      } catch (DeviceException | IllegalStateException e) {
        // a driver that gives no binary costs time at the next start, nothing else
      }
    }
  }

  private synchronized @Nullable Program next() {
    Program next = ready.poll();
    if (next == null) {
      thread = null;
    }
    return next;
  }

  /** Keeps what has run and waits until that is done. */
  @Override
  public void close() {
    start();
    Thread saving;
    synchronized (this) {
      saving = thread;
    }
    if (saving != null) {
      Uninterrupted.await(saving::join);
    }
  }
}
