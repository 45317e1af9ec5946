package io.clarinet.server.fuzz;

/** Jazzer's entry point for what a client sends on its connection. */
public final class HttpFuzz {
  private static final HttpContract CONTRACT = new HttpContract();

  private HttpFuzz() {}

  /** Loads the class, and with it a server, before the first input. */
  public static void fuzzerInitialize() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    CONTRACT.check(bytes);
  }
}
