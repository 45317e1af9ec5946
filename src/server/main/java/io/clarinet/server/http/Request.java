package io.clarinet.server.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request that came whole.
 *
 * @param id that log lines and the answer carry: the client's {@code X-Request-Id}, or one of ours
 * @param method in capitals
 * @param path decoded, without the query
 * @param query values of each parameter, decoded
 * @param parts of the path that the route leaves open, by name
 * @param headers the first value of a header by its name in any case, or null
 * @param body decompressed; not changed any more
 * @param gone completes when the client has closed its connection before the answer
 * @param workers make the answer of what ran: the thread that ran it has others to run
 */
public record Request(
    String id,
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> parts,
    UnaryOperator<@Nullable String> headers,
    ByteBuffer body,
    CompletableFuture<Void> gone,
    Executor workers) {

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  /** The first value of a parameter of the query, or null. */
  public @Nullable String parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? null : values.get(0);
  }

  /** The body's bytes, not to be changed: no copy where they are an array already. */
  public byte[] bytes() {
    boolean whole =
        body.hasArray() && body.arrayOffset() == 0 && body.array().length == body.remaining();
    if (whole) {
      return body.array();
    }
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return bytes;
  }

  /** A part of the path that the route leaves open. */
  public String part(String name) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("the route has no part " + name);
    }
    return part;
  }

  Request with(Map<String, String> found) {
    return new Request(id, method, path, query, found, headers, body, gone, workers);
  }
}
