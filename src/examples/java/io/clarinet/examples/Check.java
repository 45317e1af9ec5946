package io.clarinet.examples;

/** Ends an example that went wrong, so that it fails when it is run. */
final class Check {
  private Check() {}

  static void that(boolean right, String what) {
    if (!right) {
      throw new AssertionError("not so: " + what);
    }
  }
}
