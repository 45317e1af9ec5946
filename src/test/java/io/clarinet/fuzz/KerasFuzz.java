package io.clarinet.fuzz;

/** Jazzer's entry point for Keras's HDF5 files. */
public final class KerasFuzz {
  private static final ImportContract CONTRACT = ImportContract.of(Format.KERAS);

  private KerasFuzz() {}

  /** Loads the class, and with it all that it needs, before any input is timed. */
  public static void fuzzerInitialize() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    CONTRACT.check(bytes);
  }
}
