package io.clarinet.fuzz;

/** Jazzer's entry point for safetensors files. */
public final class SafetensorsFuzz {
  private static final ImportContract CONTRACT = ImportContract.of(Format.SAFETENSORS);

  private SafetensorsFuzz() {}

  /** Loads the class, and with it all that it needs, before any input is timed. */
  public static void fuzzerInitialize() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    CONTRACT.check(bytes);
  }
}
