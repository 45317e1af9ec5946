package io.clarinet.djl;

/** What is thrown by a call of DJL's that this engine does not have. */
final class Refusal {
  private Refusal() {}

  /**
   * @param call by its name in DJL, such as {@code NDArray.acos()}
   * @param remedy in a clause
   */
  static UnsupportedOperationException of(String call, String remedy) {
    return new UnsupportedOperationException(
        "%s is not supported by the engine %s: %s".formatted(call, ClarinetEngine.NAME, remedy));
  }
}
