package io.clarinet.server.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.RawClient.Reply;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Serving;
import io.clarinet.tensor.ElementType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures in each form that clients send come back as the library's own answers. */
@Timeout(120)
class ClassifyRouteTest {
  private static final String FORM = "multipart/form-data; boundary=xyz";

  /** In a batch the kernels may be others, and with them the last digits. */
  private static final Serving ONE_BY_ONE =
      new Serving(List.of(Device.cpu()), 1, Serving.LONGEST_WAIT, Serving.QUEUE, Serving.DEADLINE);

  private static TestServer server;
  private static byte[] png;
  private static List<Prediction> expected;

  @BeforeAll
  static void start() throws IOException {
    Map<String, ModelSource> models = new TreeMap<>();
    models.put("characters", Model::bundled);
    models.put("copy", () -> TestServer.identity(ElementType.FLOAT32, -1, 2));
    server = new TestServer(models, ONE_BY_ONE);
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    picture.createGraphics().fillRect(17, 3, 5, 24);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    png = bytes.toByteArray();
    Model model = Model.bundled();
    try (Session session = model.open(Device.cpu())) {
      expected = Classifier.of(model, session).classify(Picture.read(png), 5);
    }
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static Reply post(String query, String type, byte[] body) throws IOException {
    String path = "/v1/classify" + (query.isEmpty() ? "" : "?" + query);
    return server.post(path, Map.of("Content-Type", type), body);
  }

  private static void check(JsonNode result, String name, int top) {
    assertThat(result.get("image").asText()).isEqualTo(name);
    assertThat(result.get("predictions")).hasSize(top);
    for (int i = 0; i < top; i++) {
      JsonNode found = result.get("predictions").get(i);
      assertThat(found.get("label").asText()).isEqualTo(expected.get(i).label());
      assertThat(found.get("index").asInt()).isEqualTo(expected.get(i).index());
      assertThat((float) found.get("probability").asDouble())
          .isEqualTo(expected.get(i).probability());
    }
  }

  private static JsonNode results(Reply reply) throws IOException {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return TestServer.json(reply).get("results");
  }

  @ParameterizedTest
  @CsvSource({"image/png", "application/octet-stream", "application/x-www-form-urlencoded"})
  void onePictureAlone(String type) throws IOException {
    check(results(post("model=characters", type, png)).get(0), "0", 5);
  }

  private static byte[] form(byte[]... files) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < files.length; i++) {
      String head =
          "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"%d.png\"\r\n"
              + "Content-Type: image/png\r\n\r\n";
      body.write(head.formatted(i).getBytes(StandardCharsets.UTF_8));
      body.write(files[i]);
      body.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.write("--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  @Test
  void severalOfAFormAndABadOneDoesNotSpoilTheOthers() throws IOException {
    byte[] bad = "no picture".getBytes(StandardCharsets.UTF_8);
    JsonNode results = results(post("model=characters&top=3", FORM, form(png, bad, png)));
    check(results.get(0), "0.png", 3);
    check(results.get(2), "2.png", 3);
    assertThat(results.get(1).get("predictions")).isEmpty();
    assertThat(results.get(1).get("error").asText()).isNotEmpty().doesNotContain("/", "Exception");
  }

  @Test
  void base64InJson() throws IOException {
    String base64 = Base64.getEncoder().encodeToString(png);
    String json = "{\"images\":[\"%s\",\"data:image/png;base64,%s\"]}".formatted(base64, base64);
    JsonNode results =
        results(post("model=characters", "application/json; charset=utf-8", bytes(json)));
    check(results.get(0), "0", 5);
    check(results.get(1), "1", 5);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | image/png | PNG | 400 | which model",
        "model=none | image/png | PNG | 404 | no model",
        "model=copy | image/png | PNG | 400 | no classifier",
        "model=characters&top=0 | image/png | PNG | 400 | top",
        "model=characters&top=x | image/png | PNG | 400 | top",
        "model=characters | image/png | nonsense | 400 | picture",
        "model=characters | image/png | '' | 400 | no picture",
        "model=characters | text/html | PNG | 415 | multipart",
        "model=characters | application/json | {} | 400 | images",
        "model=characters | application/json | {\"images\":[1]} | 400 | base64",
        "model=characters | application/json | {\"images\":[\"%%%\"]} | 400 | ",
        "model=characters | application/json | {\"images\":[]} | 400 | no picture",
        "model=characters | application/json | { | 400 | no JSON",
        "model=characters | multipart/form-data | PNG | 400 | multipart",
        "model=characters | multipart/form-data; boundary=xyz | nonsense | 400 | ",
      })
  void whatIsWrongIsTold(String query, String type, String body, int status, String why)
      throws IOException {
    Reply reply = post(query == null ? "" : query, type, body.equals("PNG") ? png : bytes(body));
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(TestServer.json(reply).get("error").asText())
        .contains(why == null ? "" : why)
        .doesNotContain("Exception", "java.", "io.clarinet");
  }

  @Test
  void aValueIsGivenInPlaceOfClasses() throws IOException {
    Model model = Model.bundled();
    String value = model.graph().nodes().get(model.graph().nodes().size() - 2).outputs().get(0);
    float[] features;
    try (Session session = model.withOutputs(value).open(Device.cpu());
        Session whole = model.open(Device.cpu())) {
      Classifier classifier = Classifier.of(model, whole);
      features = session.run(classifier.input(List.of(Picture.read(png)))).toFloatArray();
    }
    for (int i = 0; i < 2; i++) {
      JsonNode result = results(post("model=characters&output=" + value, "image/png", png)).get(0);
      assertThat(result.get("output").asText()).isEqualTo(value);
      assertThat(result.get("data")).hasSize(features.length);
      for (int k = 0; k < features.length; k++) {
        assertThat((float) result.get("data").get(k).asDouble()).isEqualTo(features[k]);
      }
    }
    Reply none = post("model=characters&output=nothing", "image/png", png);
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.text()).contains("nothing");
  }

  @Test
  void aPictureThatExpandsBeyondTheLimitIsRefusedByItsHeader() throws IOException {
    byte[] bomb = png.clone();
    java.nio.ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bomb, 12, 17);
    java.nio.ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());
    Reply reply = post("model=characters", "image/png", bomb);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
  }
}
