package io.clarinet.selftest;

/** No JVM can be started in which cases could run. */
final class NoSiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSiteException(String reason) {
    super(reason);
  }
}
