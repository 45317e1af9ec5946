package io.clarinet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.op.Binary;
import io.clarinet.server.OpenApiDescription.Operation;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.StrictJson;
import io.clarinet.server.model.Serving;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The description at {@code /openapi.json} says what the server does, all of it, and no more. */
@Timeout(60)
class OpenApiTest {
  private static final Serving SERVING =
      new Serving(List.of(Device.cpu()), 16, Duration.ZERO, 256, Duration.ofSeconds(30));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path SOURCES = Path.of("src/server/main/java/io/clarinet/server");
  private static final Pattern STATUS =
      Pattern.compile("(?:StatusException|tryAgain)\\(\\s*(\\d+)");

  private static Server server;
  private static OpenApiDescription description;

  @BeforeAll
  static void start() throws Exception {
    server = start(Guard.loopback());
    server.load(Map.of("double", OpenApiTest::twice, "characters", Model::bundled));
    description =
        new OpenApiDescription(
            StrictJson.mapper().readTree(send(server, "GET", "/openapi.json", "", "").body()));
  }

  private static Server start(Guard guard) throws IOException {
    HttpOptions options = new HttpOptions("127.0.0.1", 0, null, guard, HttpLimits.DEFAULT);
    return Server.start(options, SERVING, "test", answered -> {});
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** The model of the examples: y = x + x. */
  private static Model twice() {
    GraphBuilder builder = new GraphBuilder("double");
    builder.input("x", Input.UNKNOWN, 2);
    builder.add("y", Binary.ADD, "x", "x");
    return Model.of(builder.output("y").build());
  }

  private static HttpResponse<byte[]> send(
      Server to, String method, String path, String type, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() {
    List<String> routes =
        server.routes().stream().map(route -> route.method() + " " + route.path()).toList();
    assertThat(description.operations().stream().map(Operation::toString))
        .as("paths of openapi.json, and routes of the server")
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void whatIsOpenToAllIsDescribedSo() {
    server
        .routes()
        .forEach(
            route -> {
              Operation operation = description.operation(route.method(), route.path());
              assertThat(operation.isOpen()).as(operation.toString()).isEqualTo(route.isOpen());
            });
  }

  @Test
  void referencesAndNamesHold() {
    description.checkReferences();
    List<Operation> all = description.operations();
    assertThat(all.stream().map(o -> o.node().path("operationId").asText()))
        .doesNotHaveDuplicates()
        .doesNotContain("");
    for (Operation operation : all) {
      Set<String> open = new TreeSet<>();
      Pattern.compile("\\{(\\w+)}")
          .matcher(operation.path())
          .results()
          .forEach(found -> open.add(found.group(1)));
      assertThat(operation.parameters("path").keySet()).as(operation.toString()).isEqualTo(open);
    }
  }

  @Test
  void examplesAreAnsweredAsDescribed() throws Exception {
    for (Operation operation : description.operations()) {
      Map<String, JsonNode> examples = operation.bodyExamples();
      if (examples.isEmpty()) {
        check(operation, "", null);
      }
      for (JsonNode example : examples.values()) {
        check(operation, example.toString(), operation.example("200"));
      }
      if (operation.path().endsWith("/unload")) {
        server.models().load("double").join();
      }
    }
  }

  private static void check(Operation operation, String body, JsonNode told) throws Exception {
    HttpResponse<byte[]> reply =
        send(
            server,
            operation.method(),
            operation.address(Map.of()),
            body.isEmpty() ? "" : "application/json",
            body);
    assertThat(reply.statusCode()).as("%s %s", operation, body).isEqualTo(200);
    JsonNode document = description.check(operation, reply);
    JsonNode example = operation.example("200");
    boolean same = body.isEmpty() || (told != null && document.has("id"));
    if (example != null && same) {
      assertThat(document).as(operation.toString()).isEqualTo(example);
    }
  }

  @Test
  void whatIsRefusedIsToldAsDescribed() throws Exception {
    for (Operation operation : description.operations()) {
      Set<String> parts = operation.parameters("path").keySet();
      if (parts.contains("model")) {
        refused(operation, Map.of("model", "nobody"), "{}", 404);
      }
      if (parts.contains("version")) {
        refused(operation, Map.of("version", "2"), "{}", 404);
      }
      if (!operation.bodyExamples().isEmpty()) {
        refused(operation, Map.of(), "{", 400);
      }
      refused(operation, Map.of(), "", operation.isOpen() ? 200 : 403, "Origin", "http://evil");
    }
    Operation classify = description.operation("POST", "/v1/classify");
    HttpResponse<byte[]> reply =
        send(server, "POST", classify.address(Map.of()), "text/html", "<p>");
    assertThat(reply.statusCode()).isEqualTo(415);
    description.check(classify, reply);
  }

  private static void refused(
      Operation operation, Map<String, String> with, String body, int status, String... headers)
      throws Exception {
    HttpResponse<byte[]> reply =
        send(
            server,
            operation.method(),
            operation.address(with),
            "application/json",
            operation.method().equals("GET") ? "" : body,
            headers);
    assertThat(reply.statusCode()).as("%s with %s", operation, with).isEqualTo(status);
    description.check(operation, reply);
  }

  @Test
  void whatIsNotReadyAndWhoHasNoTokenIsToldAsDescribed() throws Exception {
    try (Server bare = start(Guard.of("secret"))) {
      bare.models().add("double", OpenApiTest::twice);
      bare.models().add("characters", Model::bundled);
      for (Operation operation : description.operations()) {
        HttpResponse<byte[]> without =
            send(bare, operation.method(), operation.address(Map.of()), "", "");
        if (!operation.isOpen()) {
          assertThat(without.statusCode()).as(operation.toString()).isEqualTo(401);
        }
        description.check(operation, without);
        boolean loads = operation.path().startsWith("/v2/repository");
        if (operation.address(Map.of()).matches(".*(double|characters).*") && !loads) {
          HttpResponse<byte[]> with =
              send(
                  bare,
                  operation.method(),
                  operation.address(Map.of()),
                  "",
                  "",
                  "Authorization",
                  "Bearer secret");
          assertThat(with.statusCode()).as(operation.toString()).isEqualTo(503);
          description.check(operation, with);
        }
      }
    }
  }

  @Test
  void everyStatusInTheSourcesIsDescribed() throws IOException {
    Set<String> described = new TreeSet<>();
    for (Operation operation : description.operations()) {
      described.addAll(operation.statuses());
    }
    String refused = description.text("/components/responses/Refused/description");
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher found = STATUS.matcher(Files.readString(file));
        while (found.find()) {
          boolean ofAll = file.getParent().endsWith("http") && refused.contains(found.group(1));
          assertThat(ofAll || described.contains(found.group(1)) || found.group(1).equals("499"))
              .as("%s gives %s, which openapi.json does not tell", file, found.group(1))
              .isTrue();
        }
      }
    }
  }

  @Test
  void aWrongAnswerWouldBeSeen() {
    Operation operation = description.operation("GET", "/v2/models/{model}");
    ObjectNode wrong = operation.example("200").deepCopy();
    wrong.put("versions", "1");
    assertThat(description.problems(operation, "200", "application/json", wrong)).isNotEmpty();
  }
}
