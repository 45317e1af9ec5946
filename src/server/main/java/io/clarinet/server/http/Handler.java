package io.clarinet.server.http;

import java.util.concurrent.CompletableFuture;

/** Answers requests. */
@FunctionalInterface
public interface Handler {
  /**
   * The answer, now or later.
   *
   * @throws StatusException, as the future may, for a request that cannot be answered
   */
  CompletableFuture<Response> handle(Request request);

  /** A handler that has its answer at once. */
  static Handler now(Now now) {
    return request -> CompletableFuture.completedFuture(now.answer(request));
  }

  /** Answers without waiting for anything. */
  @FunctionalInterface
  interface Now {
    /** The answer. */
    Response answer(Request request);
  }
}
