package io.clarinet.hub;

import io.clarinet.file.OneLine;
import io.clarinet.hub.HubException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a hub, and the servers that it sends on to. By the JDK's {@link HttpURLConnection}: it is in
 * every runtime image, keeps no threads, and gives up on a body that stands still.
 */
final class HubConnection {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONNECT_MILLIS = 20_000;
  private static final int MOST_REDIRECTS = 8;
  private static final int LONGEST_MESSAGE = 200;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HubSettings settings;
  private final Duration patience;

  HubConnection(HubSettings settings) {
    this(settings, PATIENCE);
  }

  /** Waits so long for each piece of an answer. */
  HubConnection(HubSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
  }

  /**
   * An answer, whose body is read from the stream and then closed.
   *
   * @param headers of the server that gave the body
   */
  record Reply(int status, HttpURLConnection headers, InputStream body) implements AutoCloseable {

    /** A header; null if there is none. */
    @Nullable String header(String name) {
      return headers.getHeaderField(name);
    }

    /** Bytes of the body by its header; -1 if it does not say. */
    long length() {
      return headers.getContentLengthLong();
    }

    @Override
    public void close() {
      headers.disconnect();
    }
  }

  /**
   * The answer to a question: 200, 206 or 416.
   *
   * @param path at the hub, encoded
   * @param wanted further headers
   * @throws HubException for any other status, saying what to do
   * @throws IOException if the answer was cut
   */
  Reply get(HubReference model, String path, Map<String, String> wanted) throws IOException {
    URI address = URI.create(settings.endpoint() + path);
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      HttpURLConnection connection = opened(model, address, wanted);
      int status = status(model, connection, address);
      if (!REDIRECTS.contains(status)) {
        return reply(model, connection, status);
      }
      String location = connection.getHeaderField("Location");
      connection.disconnect();
      address = next(model, address, location);
    }
    throw new HubException(Kind.INVALID, model + ": the hub sends on and on; try again later");
  }

  private HttpURLConnection opened(HubReference model, URI address, Map<String, String> wanted)
      throws IOException {
    if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw elsewhere(model, address.getScheme());
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout((int) patience.toMillis());
    Map<String, String> headers = new LinkedHashMap<>(wanted);
    headers.put("User-Agent", "clarinet");
    headers.put("Accept-Encoding", "identity");
    String token = settings.tokenFor(address);
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private static int status(HubReference model, HttpURLConnection connection, URI address)
      throws HubException {
    try {
      int status = connection.getResponseCode();
      if (status > 0) {
        return status;
      }
    } catch (UnknownHostException e) {
      throw unreachable(model, address, "no such host", e);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw unreachable(model, address, reason, e);
    }
    throw unreachable(model, address, "it speaks no HTTP", null);
  }

  private static HubException unreachable(
      HubReference model, URI address, String reason, @Nullable Throwable cause) {
    return new HubException(
        Kind.UNREACHABLE,
        "%s: cannot reach %s (%s); is there a network, or a proxy to name (-Dhttps.proxyHost)?"
            .formatted(model, address.getHost(), reason),
        cause);
  }

  /** Only to a web server, and from an encrypted one to no other. */
  static URI next(HubReference model, URI from, @Nullable String location) throws HubException {
    try {
      URI to = from.resolve(new URI(location == null ? "" : location));
      String scheme = to.getScheme();
      boolean web =
          "https".equals(scheme) || ("http".equals(scheme) && scheme.equals(from.getScheme()));
      if (location != null && web && to.getHost() != null) {
        return to;
      }
      throw elsewhere(model, String.valueOf(scheme));
    } catch (URISyntaxException e) {
      throw elsewhere(model, "no address");
    }
  }

  private static HubException elsewhere(HubReference model, String scheme) {
    return new HubException(
        Kind.INVALID,
        "%s: the hub sends on to what is no safe address (%s); does HF_ENDPOINT name a hub?"
            .formatted(model, scheme));
  }

  private Reply reply(HubReference model, HttpURLConnection connection, int status)
      throws IOException {
    if (status == 200 || status == 206) {
      return new Reply(status, connection, connection.getInputStream());
    }
    if (status == 416) {
      return new Reply(status, connection, InputStream.nullInputStream());
    }
    HubException refusal = refusal(model, connection, status);
    connection.disconnect();
    throw refusal;
  }

  private HubException refusal(HubReference model, HttpURLConnection connection, int status) {
    String code = String.valueOf(connection.getHeaderField("X-Error-Code"));
    String page = settings.endpoint() + "/" + model.repository();
    if (code.equals("GatedRepo") || (status == 403 && isTheHub(connection))) {
      return new HubException(
          Kind.REFUSED,
          "%s: asks its readers for their consent: give it at %s, and set HF_TOKEN to a token of that account"
              .formatted(model, page));
    }
    if (code.equals("RevisionNotFound")) {
      return missing(model, "has no revision \"" + model.revision() + "\"; see " + page);
    }
    return switch (status) {
      case 401 ->
          new HubException(
              Kind.REFUSED,
              settings.token() == null
                  ? model
                      + ": the hub has no such model, or it is private; check the name, or set"
                      + " HF_TOKEN to a token that may read it"
                  : model + ": the hub does not take the token of HF_TOKEN for it; is it expired?");
      case 404 ->
          code.equals("EntryNotFound")
              ? missing(model, "has no such file; see " + page + "/tree/" + model.revision())
              : missing(model, "the hub has no such model; check the name at " + page);
      case 429 -> busy(model, "asks for fewer requests", wait(connection), status);
      default ->
          status >= 500
              ? busy(model, "fails", "later", status)
              : new HubException(
                  Kind.INVALID, model + ": the hub answers " + said(connection, status));
    };
  }

  /** A server that the hub sends on to refuses for reasons of its own: an address that expired. */
  private boolean isTheHub(HttpURLConnection connection) {
    return connection.getURL().getHost().equalsIgnoreCase(settings.endpoint().getHost());
  }

  private static HubException missing(HubReference model, String what) {
    return new HubException(Kind.NOT_FOUND, model + ": " + what);
  }

  private static HubException busy(HubReference model, String does, String when, int status) {
    return new HubException(
        Kind.UNREACHABLE,
        "%s: the hub %s (%d); try again %s, what has come is kept"
            .formatted(model, does, status, when));
  }

  private static String wait(HttpURLConnection connection) {
    int seconds = connection.getHeaderFieldInt("Retry-After", 0);
    return seconds > 0 ? "in " + seconds + " s" : "later";
  }

  private static String said(HttpURLConnection connection, int status) {
    String message = connection.getHeaderField("X-Error-Message");
    if (message == null) {
      return String.valueOf(status);
    }
    String line = OneLine.of(message);
    return status + ", " + line.substring(0, Math.min(line.length(), LONGEST_MESSAGE));
  }
}
