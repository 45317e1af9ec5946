package io.clarinet.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param type of the body, as in {@code Content-Type}; empty where there is no body
 * @param headers besides
 * @param body one after the other; not changed any more
 */
public record Response(
    int status, String type, Map<String, String> headers, List<ByteBuffer> body) {
  static final String JSON = "application/json";

  /** A JSON document. */
  public static Response json(int status, Object document) {
    return new Response(
        status, JSON, Map.of(), List.of(ByteBuffer.wrap(StrictJson.bytes(document))));
  }

  /** {@code {"error": message}}, as all errors are told. */
  public static Response error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  /** Text in UTF-8. */
  public static Response text(String type, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    return new Response(200, type, Map.of(), List.of(bytes));
  }

  /** Bytes of a type. */
  public static Response bytes(String type, byte[] bytes) {
    return new Response(200, type, Map.of(), List.of(ByteBuffer.wrap(bytes)));
  }

  /** This answer with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, type, more, body);
  }
}
