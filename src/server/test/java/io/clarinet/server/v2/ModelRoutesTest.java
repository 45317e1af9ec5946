package io.clarinet.server.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.RawClient.Reply;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Serving;
import io.clarinet.tensor.ElementType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the protocol tells of a server and its models, and how models come and go. */
@Timeout(120)
class ModelRoutesTest {
  private static final String GOOD =
      "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}";

  private TestServer server;
  private volatile boolean broken;

  @BeforeEach
  void start() throws IOException {
    Map<String, ModelSource> models = new TreeMap<>();
    models.put("copy", this::copy);
    models.put("fixed", () -> TestServer.identity(ElementType.FLOAT32, 3, 2));
    server = new TestServer(models, Serving.on(List.of(Device.cpu())));
  }

  private Model copy() throws IOException {
    if (broken) {
      throw new IOException("/a/secret/path is no model");
    }
    return TestServer.identity(ElementType.FLOAT32, -1, 2);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private JsonNode get(String path) throws IOException {
    Reply reply = server.get(path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return TestServer.json(reply);
  }

  @Test
  void theServerTellsOfItself() throws IOException {
    assertThat(get("/v2").get("extensions").toString()).contains("binary_tensor_data");
    assertThat(get("/v2/health/live").get("live").asBoolean()).isTrue();
    assertThat(get("/v2/health/ready").get("ready").asBoolean()).isTrue();
  }

  @Test
  void aModelTellsWhatItTakesAndGives() throws IOException {
    for (String path : List.of("/v2/models/copy", "/v2/models/copy/versions/1")) {
      assertThat(get(path).toString())
          .isEqualTo(
              "{\"name\":\"copy\",\"versions\":[\"1\"],\"platform\":\"clarinet_graph\","
                  + "\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}],"
                  + "\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]}");
      assertThat(get(path + "/ready").get("ready").asBoolean()).isTrue();
      JsonNode config = get(path + "/config");
      assertThat(config.get("max_batch_size").asInt()).isEqualTo(16);
      assertThat(config.get("input").toString())
          .isEqualTo("[{\"name\":\"x\",\"data_type\":\"TYPE_FP32\",\"dims\":[2]}]");
    }
    assertThat(server.get("/v2/models/none").status()).isEqualTo(404);
    assertThat(server.get("/v2/models/copy/versions/2").status()).isEqualTo(404);
  }

  /** Its batch opens, since its items stay apart. */
  @Test
  void aModelOfAFixedBatchTakesAny() throws IOException {
    assertThat(get("/v2/models/fixed").get("inputs").get(0).get("shape").toString())
        .isEqualTo("[-1,2]");
    assertThat(server.post("/v2/models/fixed/infer", GOOD).status()).isEqualTo(200);
  }

  @Test
  void requestsAndBatchesAreCounted() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(server.post("/v2/models/copy/infer", GOOD).status()).isEqualTo(200);
    }
    JsonNode stats = get("/v2/models/copy/stats").get("model_stats").get(0);
    assertThat(stats.get("inference_count").asInt()).isEqualTo(3);
    assertThat(stats.get("execution_count").asInt()).isEqualTo(3);
    assertThat(stats.get("inference_stats").get("success").get("count").asInt()).isEqualTo(3);
    assertThat(stats.get("batch_stats").get(0).get("batch_size").asInt()).isEqualTo(1);
    assertThat(get("/v2/models/stats").get("model_stats")).hasSize(2);
    String metrics = server.get("/metrics").text();
    assertThat(metrics)
        .contains("nv_inference_count{model=\"copy\",version=\"1\"} 3.0")
        .contains("clarinet_batch_items_count{model=\"copy\"} 3")
        .contains(
            "clarinet_requests_total{method=\"POST\",route=\"/v2/models/{model}/infer\","
                + "status=\"200\"} 3.0");
  }

  @Test
  void modelsAreUnloadedAndLoaded() throws IOException {
    assertThat(server.post("/v2/repository/models/copy/unload", "").status()).isEqualTo(200);
    Reply reply = server.post("/v2/models/copy/infer", GOOD);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsKey("retry-after");
    assertThat(server.get("/v2/models/copy/ready").status()).isEqualTo(503);
    assertThat(server.get("/v2/health/ready").status()).isEqualTo(200);
    String all = server.post("/v2/repository/index", "").text();
    assertThat(all).contains("\"name\":\"copy\",\"version\":\"1\",\"state\":\"UNAVAILABLE\"");
    assertThat(server.post("/v2/repository/index", "{\"ready\":true}").text())
        .contains("fixed")
        .doesNotContain("copy");
    assertThat(server.post("/v2/repository/models/copy/load", "{}").status()).isEqualTo(200);
    assertThat(server.post("/v2/models/copy/infer", GOOD).status()).isEqualTo(200);
    assertThat(server.post("/v2/repository/models/none/load", "").status()).isEqualTo(404);
    assertThat(server.post("/v2/repository/index", "{").status()).isEqualTo(400);
  }

  @Test
  void whatCannotBeLoadedDoesNotDisturbWhatIs() throws IOException {
    broken = true;
    Reply reply = server.post("/v2/repository/models/copy/load", "");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).doesNotContain("secret", "IOException");
    assertThat(server.post("/v2/models/copy/infer", GOOD).status()).isEqualTo(200);
    assertThat(server.get("/v2/models/copy/ready").status()).isEqualTo(200);
  }
}
