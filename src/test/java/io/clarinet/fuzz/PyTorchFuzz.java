package io.clarinet.fuzz;

/** Jazzer's entry point for PyTorch files. */
public final class PyTorchFuzz {
  private static final ImportContract CONTRACT = ImportContract.of(Format.PYTORCH);

  private PyTorchFuzz() {}

  /** Loads the class, and with it all that it needs, before any input is timed. */
  public static void fuzzerInitialize() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    CONTRACT.check(bytes);
  }
}
