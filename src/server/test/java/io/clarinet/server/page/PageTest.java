package io.clarinet.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.HeatMap;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.RawClient.Reply;
import io.clarinet.server.model.ModelSource;
import io.clarinet.tensor.ElementType;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files need nothing from elsewhere, and what it asks for is the library's own. */
@Timeout(120)
class PageTest {
  private static final Pattern LINK = Pattern.compile("(?:src|href|from)[= ]\"([^\"#]+)\"");

  private static TestServer server;
  private static Picture picture;
  private static byte[] png;

  @BeforeAll
  static void start() throws IOException {
    Map<String, ModelSource> models = new TreeMap<>();
    models.put("characters", Model::bundled);
    models.put("copy", () -> TestServer.identity(ElementType.FLOAT32, -1, 2));
    server = TestServer.of(models);
    picture = Bundled.samples().get("2_P.png");
    png = picture.png();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static Reply heatmap(String query, Map<String, String> headers) throws IOException {
    return server.post("/v1/heatmap" + query, headers, png);
  }

  /** Every file that a file names is there, of this server, and under the same strict policy. */
  @Test
  void thePageIsWholeAndLoadsNothingFromElsewhere() throws IOException {
    TreeSet<String> open = new TreeSet<>(java.util.List.of("/"));
    TreeSet<String> seen = new TreeSet<>();
    while (!open.isEmpty()) {
      String path = open.pollFirst();
      seen.add(path);
      Reply reply = server.get(path);
      assertThat(reply.status()).as(path).isEqualTo(200);
      if (path.equals("/metrics")) {
        continue;
      }
      assertThat(reply.headers().get("content-security-policy"))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      LINK.matcher(reply.text())
          .results()
          .map(found -> found.group(1).replaceFirst("^\\./", "/page/"))
          .forEach(
              link -> {
                assertThat(link).as("in " + path).startsWith("/").doesNotStartWith("//");
                if (!seen.contains(link)) {
                  open.add(link);
                }
              });
    }
    assertThat(seen).contains("/page/page.css", "/page/page.js", "/page/heat.js", "/page/pad.js");
    String page = server.get("/").text();
    assertThat(page).doesNotContainPattern("\\son[a-z]+=").doesNotContain("style=", "<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/page/index.html", "/page/..%2fpage.css", "/page/samples/..", "/page/samples/"})
  void whatIsNoFileOfThePageIsNotFound(String path) throws IOException {
    assertThat(server.get(path).status()).isEqualTo(404);
  }

  @Test
  void samplesArePictures() throws IOException {
    Reply reply = server.get("/page/samples/2_P.png");
    assertThat(reply.headers()).containsEntry("content-type", "image/png");
    assertThat(Picture.read(reply.body()).rgb()).isEqualTo(picture.rgb());
  }

  @Test
  void theHeatMapIsTheLibrarysOwn() throws IOException {
    HeatMap expected;
    Model model = Model.bundled().withFeatures();
    try (Session session = model.open(Device.cpu())) {
      expected = Classifier.of(model, session).heatMap(picture);
    }
    JsonNode top = TestServer.json(heatmap("?model=characters", Map.of()));
    JsonNode named = TestServer.json(heatmap("?model=characters&class=25", Map.of()));
    assertThat(top.at("/prediction/label").asText()).isEqualTo("P");
    assertThat(named).isEqualTo(top);
    float[] values = expected.values().toFloatArray();
    int columns = expected.values().shape().dim(1);
    for (int i = 0; i < values.length; i++) {
      assertThat((float) top.get("map").get(i / columns).get(i % columns).asDouble())
          .isEqualTo(values[i]);
    }
    assertThat(top.at("/area/width").asInt()).isEqualTo(top.at("/picture/width").asInt());
    Reply drawn = heatmap("?model=characters", Map.of("Accept", "image/png"));
    assertThat(drawn.headers()).containsEntry("content-type", "image/png");
    assertThat(Picture.read(drawn.body()).rgb()).isEqualTo(expected.overlay().rgb());
  }

  @ParameterizedTest
  @CsvSource({
    "?model=characters&class=36, 400, the model has no class 36",
    "?model=characters&class=P, 400, class is the number of a class",
    "?model=characters&class=9999999999, 400, class is the number of a class",
    "?model=copy, 400, takes one batch of pictures",
    "?model=nobody, 404, no model of this name",
    "'', 400, which model"
  })
  void whatHasNoHeatMapIsToldWhy(String query, int status, String message) throws IOException {
    Reply reply = heatmap(query, Map.of());
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(TestServer.json(reply).get("error").asText()).contains(message);
  }

  @Test
  void whatIsNoPictureIsRefused() throws IOException {
    byte[] cut = java.util.Arrays.copyOf(png, png.length / 2);
    Reply reply = server.post("/v1/heatmap?model=characters", Map.of(), cut);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(server.post("/v1/heatmap?model=characters", Map.of(), new byte[0]).status())
        .isEqualTo(400);
  }

  @Test
  void modelsTellWhatOneCanDoWithThem() throws IOException {
    long before = model("characters").at("/counts/answered").asLong();
    server.post("/v1/classify?model=characters", Map.of(), png);
    JsonNode characters = model("characters");
    assertThat(characters.at("/counts/answered").asLong()).isEqualTo(before + 1);
    assertThat(characters.at("/counts/milliseconds").asDouble()).isPositive();
    for (String can : new String[] {"ready", "pictures", "characters", "heatMaps", "trained"}) {
      assertThat(characters.get(can).asBoolean()).as(can).isTrue();
    }
    assertThat(model("copy").get("ready").asBoolean()).isTrue();
    assertThat(model("copy").get("pictures").asBoolean()).isFalse();
    assertThat(model("copy").get("heatMaps").asBoolean()).isFalse();
  }

  private static JsonNode model(String name) throws IOException {
    for (JsonNode model : TestServer.json(server.get("/v1/models")).get("models")) {
      if (model.get("name").asText().equals(name)) {
        return model;
      }
    }
    throw new AssertionError("no model " + name);
  }

  @Test
  void layersHaveTheirShapesAndTimes() throws IOException {
    JsonNode told = TestServer.json(server.get("/v1/models/characters/layers"));
    assertThat(told.get("device").asText()).contains("cpu");
    assertThat(told.get("layers").size()).isGreaterThan(20);
    double sum = 0;
    for (JsonNode layer : told.get("layers")) {
      assertThat(layer.get("output").asText()).matches("1x\\d+.*");
      sum += layer.get("milliseconds").asDouble();
    }
    assertThat(sum).isPositive();
    String names =
        told.get("layers").findValuesAsText("op").stream().collect(Collectors.joining(" "));
    assertThat(names).contains("Conv2d", "Dense");
    assertThat(server.get("/v1/models/characters/layers").text()).isEqualTo(told.toString());
    assertThat(server.get("/v1/models/nobody/layers").status()).isEqualTo(404);
  }
}
