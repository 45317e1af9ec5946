package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.cli.load.LoadResult;
import io.clarinet.server.Server;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.model.Serving;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** {@code bench --url} against a server of the bundled model. */
class LoadBenchTest {
  private static Server server;

  @TempDir Path folder;

  private final CommandContract command = new CommandContract();

  @BeforeAll
  static void start() throws IOException {
    HttpOptions options =
        new HttpOptions("127.0.0.1", 0, null, Guard.loopback(), HttpLimits.DEFAULT);
    Serving serving = Serving.on(List.of(Device.cpu()));
    server = Server.start(options, serving, "test", answered -> {});
    server.load(Map.of("characters", Model::bundled));
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private int bench(String... further) {
    String url = "http://127.0.0.1:" + server.port();
    String[] all = new String[further.length + 7];
    String[] first = {"bench", "--url", url, "--requests", "60", "--device", "cpu"};
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(further, 0, all, first.length, further.length);
    return command.run(all);
  }

  @Test
  void everyAnswerIsTheLibrarysOwnAndEveryMalformedRequestRefused() throws IOException {
    Path page = folder.resolve("load.html");
    int status =
        bench(
            "--clients",
            "1,9",
            "--check",
            "characters",
            "--malformed",
            "50",
            "--json",
            "--report",
            page.toString());
    assertThat(status).as(command.errors()).isZero();
    JsonNode results = command.json().path("results");
    assertThat(results).hasSize(2);
    for (JsonNode result : results) {
      assertThat(result.path("answers").asInt()).isBetween(60, 68);
      assertThat(result.path("wrong").asInt()).isZero();
      assertThat(result.path("lost").asInt()).isZero();
    }
    assertThat(Files.readString(page)).contains("characters under load", "9 clients");
  }

  /** Another model's answers are not this one's. */
  @Test
  void wrongAnswersFailTheCommand() throws IOException {
    String other = CommandContract.network(folder).toString();
    assertThat(bench("--check", other, "--clients", "2")).isNotZero();
  }

  @Test
  void picturesAreSentAsTheyAre() {
    int status = bench("--image", "src/docs/images/coffee.jpg", "--clients", "2", "--seconds", "1");
    assertThat(status).as(command.errors()).isZero();
    assertThat(command.text()).contains("requests/s").contains("2 clients");
  }

  @Test
  void whatDoesNotGoTogetherIsUsage() {
    assertThat(bench("--peer", "onnxruntime")).isEqualTo(2);
    assertThat(command.errors()).contains("--url");
  }

  @Test
  void aServerThatIsNotThereIsSaidSo() {
    assertThat(command.run("bench", "--url", "http://127.0.0.1:1")).isNotZero();
    assertThat(command.errors()).contains("nothing answers at http://127.0.0.1:1");
  }

  private static LoadResult result(int clients, double throughput, double p50, double p99) {
    return new LoadResult(clients, 0, throughput, p50, p50, p99, p99, 9, 0, 0, 0, 3);
  }

  @Test
  void thePlotsPointsAreWithinIt() throws Exception {
    String html = new LoadPlot(List.of(result(8, 731.5, 11, 29.25), result(1, 99, 9, 12.5))).html();
    NodeList points =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader("<page>" + html + "</page>")))
            .getElementsByTagName("circle");
    assertThat(points.getLength()).isEqualTo(4);
    for (int i = 0; i < points.getLength(); i++) {
      String x = points.item(i).getAttributes().getNamedItem("cx").getNodeValue();
      assertThat(Double.parseDouble(x.replace("%", ""))).isBetween(9.0, 97.0);
    }
  }
}
