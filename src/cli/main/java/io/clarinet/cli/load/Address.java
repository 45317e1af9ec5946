package io.clarinet.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param url scheme, host and port; no path
 * @param token that it asks for, or null
 */
public record Address(URI url, @Nullable String token) {
  private static final Duration MOST = Duration.ofSeconds(30);

  /**
   * The address that people type.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Address of(String text, @Nullable String token) {
    URI url = URI.create(text.contains("://") ? text : "http://" + text);
    boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!known || url.getHost() == null) {
      throw new IllegalArgumentException(
          text + " is no address of a server, such as http://127.0.0.1:8000");
    }
    return new Address(url, token);
  }

  String host() {
    return url.getHost().replaceAll("[\\[\\]]", "");
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
  }

  boolean isTls() {
    return "https".equals(url.getScheme());
  }

  /** What the server says at a path. */
  JsonNode get(String path) throws IOException {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** What the server says at a path that is posted to, without a body. */
  JsonNode post(String path) throws IOException {
    return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
  }

  private JsonNode send(String path, HttpRequest.Builder request) throws IOException {
    request.uri(url.resolve(path)).timeout(MOST);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode document = new ObjectMapper().readTree(answer.body());
      if (answer.statusCode() != 200) {
        String why = document.path("error").asText("");
        throw new IOException(
            "%s%s answers with status %d: %s".formatted(url, path, answer.statusCode(), why));
      }
      return document;
    } catch (java.net.ConnectException e) {
      throw new IOException("nothing answers at " + url + "; `clarinet serve` starts a server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while " + url + " was asked");
    }
  }
}
