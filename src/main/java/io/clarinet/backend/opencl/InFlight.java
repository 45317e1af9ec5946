package io.clarinet.backend.opencl;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps kernels from running while a program's binary is fetched, in all of this process. To give a
 * binary, PoCL compiles the kernels once more, in a general form, and enters it into the one table
 * of loaded kernels under the key of the form that runs; a kernel that ends meanwhile finds the
 * wrong entry, and an assertion ends the process.
 */
final class InFlight {
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock(true);

  private InFlight() {}

  /** Runs kernels; they must have ended when {@code work} returns. */
  static <T> T running(Supplier<T> work) {
    LOCK.readLock().lock();
    try {
      return work.get();
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /** Does what no kernel may run beside. */
  static <T> T alone(Supplier<T> work) {
    LOCK.writeLock().lock();
    try {
      return work.get();
    } finally {
      LOCK.writeLock().unlock();
    }
  }
}
