package io.clarinet.fuzz;

/** Jazzer's entry point for ONNX files. */
public final class OnnxFuzz {
  private static final ImportContract CONTRACT = ImportContract.of(Format.ONNX);

  private OnnxFuzz() {}

  /** Loads the class, and with it all that it needs, before any input is timed. */
  public static void fuzzerInitialize() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    CONTRACT.check(bytes);
  }
}
