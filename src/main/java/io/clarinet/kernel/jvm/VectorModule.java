package io.clarinet.kernel.jvm;

/** The module of the Vector API, which no JVM loads by itself. */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";
  private static final boolean PRESENT =
      ModuleLayer.boot().findModule(NAME).isPresent() || isLoaded();

  private VectorModule() {}

  /** Whether its classes can be used. */
  static boolean isPresent() {
    return PRESENT;
  }

  /**
   * Loads it as a JVM loads the modules of agents, where the command line allows that:
   * decisions/vector-module.md.
   */
  private static boolean isLoaded() {
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
