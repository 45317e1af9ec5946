package io.clarinet.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work of a step: launches on an OpenCL device, or code on the JVM. */
public sealed interface Work {

  /**
   * Launches in order, each seeing the writes of the one before.
   *
   * @param check of the indices that they read, where they read any that no plan knows
   */
  record Launches(List<Launch> launches, @Nullable IndexCheck check) implements Work {
    public Launches {
      launches = List.copyOf(launches);
    }

    public Launches(List<Launch> launches) {
      this(launches, null);
    }
  }

  /** Code for the JVM target, over arrays of floats. */
  record Jvm(JvmKernel kernel) implements Work {}
}
