package io.clarinet.server.fuzz;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.server.Server;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.Router;
import io.clarinet.server.http.Wire;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Serving;
import io.clarinet.tensor.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps whatever a client sends: no status of 500 and more but 503, no word of how it
 * is made, an answer in time, and nothing held afterwards.
 */
final class HttpContract {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

  /** Exceptions, packages, lines of sources, paths. */
  private static final Pattern INNER =
      Pattern.compile(
          "\\w+Exception|\\w+Error\\b|(java|javax|sun|com|io|org)\\.\\w+\\.\\w+|\\w+\\.java|/(root|"
              + "tmp|home|usr|work)/");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");

  private static final HttpLimits LIMITS =
      new HttpLimits(
          1 << 20, 4 << 20, 8, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

  private final Wire wire;

  /** Of a server of three models, which lasts as long as its process. */
  HttpContract() {
    this(served());
  }

  HttpContract(List<Router.Route> routes) {
    wire = new Wire(routes, LIMITS);
  }

  private static List<Router.Route> served() {
    Map<String, ModelSource> models =
        Map.of(
            "id", () -> TestServer.identity(ElementType.FLOAT32, -1, 3),
            "bytes", () -> TestServer.identity(ElementType.UINT8, -1, -1),
            "characters", Model::bundled);
    try {
      HttpOptions options = new HttpOptions("127.0.0.1", 0, null, Guard.loopback(), LIMITS);
      Serving serving = Serving.on(List.of(Device.cpu()));
      Server server = Server.start(options, serving, "fuzzed", answered -> {});
      server.load(models);
      return steady(server.routes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Models stay loaded. */
  private static List<Router.Route> steady(List<Router.Route> routes) {
    return routes.stream().filter(route -> !route.path().endsWith("load")).toList();
  }

  /**
   * @param input a byte that says where the rest is split, and the rest
   */
  void check(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String said = said(input);
    Matcher status = STATUS.matcher(said);
    while (status.find()) {
      if (status.group(1).charAt(0) == '5' && !status.group(1).equals("503")) {
        throw new AssertionError("status " + status.group(1));
      }
    }
    requireDiscretion(said, new String(input, StandardCharsets.ISO_8859_1));
    if (wire.held() != 0) {
      throw new AssertionError(wire.held() + " bytes are held after the end");
    }
  }

  /** What the server says to it, a character a byte. */
  String said(byte[] input) {
    byte[] sent = Arrays.copyOfRange(input, 1, input.length);
    int split = (input[0] & 255) * sent.length / 255;
    return new String(wire.answers(sent, split), StandardCharsets.ISO_8859_1);
  }

  /** A client's own words may come back, spelt as JSON may spell them. */
  private static void requireDiscretion(String said, String sent) {
    if (!said.contains("\r\n\r\n{\"error\"")) {
      return;
    }
    String known = sent + "\n" + unescaped(sent);
    Matcher inner = INNER.matcher(unescaped(said));
    while (inner.find()) {
      if (!known.contains(inner.group())) {
        throw new AssertionError("the answer tells " + inner.group());
      }
    }
  }

  /** What JSON means by a backslash; a control character is a space. */
  private static String unescaped(String json) {
    return ESCAPE
        .matcher(json)
        .replaceAll(
            found -> {
              String code = found.group(1);
              String meant =
                  code == null
                      ? found.group(2).replaceAll("[bfnrt]", " ")
                      : Character.toString(Integer.parseInt(code, 16));
              return Matcher.quoteReplacement(meant);
            });
  }
}
