package io.clarinet.kernel;

import java.util.List;

/** The work of a step: launches on an OpenCL device, or code on the JVM. */
public sealed interface Work {

  /** Launches in order, each seeing the writes of the one before. */
  record Launches(List<Launch> launches) implements Work {
    public Launches {
      launches = List.copyOf(launches);
    }
  }

  /** Code for the JVM target, over arrays of floats. */
  record Jvm(JvmKernel kernel) implements Work {}
}
