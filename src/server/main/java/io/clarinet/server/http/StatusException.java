package io.clarinet.server.http;

import java.util.Map;

/** A request that cannot be answered as it is: the status, and one line for its sender. */
public final class StatusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * @param status of HTTP, 400 or more
   * @param message for the client: no path, no class, no trace
   */
  public StatusException(int status, String message) {
    this(status, message, Map.of());
  }

  /** As {@link #StatusException(int, String)}, with headers. */
  public StatusException(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** A request that is refused for now, and may come again. */
  public static StatusException tryAgain(int status, String message) {
    return new StatusException(status, message, Map.of("Retry-After", "1"));
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The answer that tells it. */
  public Response response() {
    Response response = Response.error(status, String.valueOf(getMessage()));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }
}
