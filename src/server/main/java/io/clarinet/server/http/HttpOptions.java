package io.clarinet.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and what it lets its clients do.
 *
 * @param host name or address that it is bound to
 * @param port 0 for any that is free
 * @param tls null for plain HTTP
 * @param guard of every path that is not open to all
 * @param limits of requests
 */
public record HttpOptions(
    String host, int port, @Nullable Tls tls, Guard guard, HttpLimits limits) {
  /** The same at another port. */
  public HttpOptions at(int other) {
    return new HttpOptions(host, other, tls, guard, limits);
  }

  /**
   * What clients may use up.
   *
   * @param body bytes of a request, decompressed
   * @param bodies bytes of all requests under way together
   * @param connections open at a time
   * @param headTime from a connection's opening to the end of its first request's head
   * @param bodyTime from a request's head to its end
   * @param idleTime between two requests, and for a client to read what it was sent
   */
  public record HttpLimits(
      int body,
      long bodies,
      int connections,
      Duration headTime,
      Duration bodyTime,
      Duration idleTime) {
    private static final int MIB = 1 << 20;

    /** What suits pictures and small batches of tensors. */
    public static final HttpLimits DEFAULT =
        new HttpLimits(
            64 * MIB,
            512L * MIB,
            1000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75));
  }
}
