package io.clarinet.server;

import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /openapi.json}: what this server answers, in the words of OpenAPI 3.1. */
final class OpenApi {
  private static final String RESOURCE = "openapi.json";

  private OpenApi() {}

  /** Adds the path. */
  static void addTo(Router router) {
    Response description = Response.bytes("application/json", bytes());
    router.add("GET", "/openapi.json", Handler.now(request -> description));
  }

  private static byte[] bytes() {
    try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(RESOURCE))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
