package io.clarinet.server.http;

import org.jspecify.annotations.Nullable;

/**
 * A request that was answered, or whose client has gone.
 *
 * @param id of the request
 * @param method of the request
 * @param route the path as it was added, or empty where none was meant
 * @param path as it was given
 * @param status of the answer; 499 where the client had gone before
 * @param received bytes of the body
 * @param sent bytes of the body
 * @param nanos from the request's end to the answer's
 * @param traceparent of W3C Trace Context, as it came
 */
public record Answered(
    String id,
    String method,
    String route,
    String path,
    int status,
    long received,
    long sent,
    long nanos,
    @Nullable String traceparent) {
  static final int GONE = 499;
}
