package io.clarinet.fuzz;

/** Jazzer's entry point for Keras's archives. */
public final class KerasArchiveFuzz {
  private static final ImportContract CONTRACT = ImportContract.of(Format.KERAS_ARCHIVE);

  private KerasArchiveFuzz() {}

  /** Loads the class, and with it all that it needs, before any input is timed. */
  public static void fuzzerInitialize() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    CONTRACT.check(bytes);
  }
}
