package io.clarinet.server.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.image.Picture;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.RawClient.Reply;
import io.clarinet.server.model.DataType;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests as NVIDIA's tritonclient and others send them: JSON and binary tensors, in any mixture.
 */
@Timeout(120)
class InferRouteTest extends InferFixture {
  @Test
  void jsonInJsonOutWithIdAndParameters() throws IOException {
    Reply reply =
        infer(
            "sum",
            """
            {"id": "42", "parameters": {"tenant": "a", "level": 3, "deep": {"no": 1}},
             "inputs": [
              {"name": "b", "shape": [2, 2], "datatype": "FP32", "data": [[1, 2], [3, 4]]},
              {"data": [10, 20, 30, 40.5], "name": "a", "shape": [2, 2], "datatype": "FP32"}]}
            """);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    JsonNode json = TestServer.json(reply);
    assertThat(json.get("model_name").asText()).isEqualTo("sum");
    assertThat(json.get("model_version").asText()).isEqualTo("1");
    assertThat(json.get("id").asText()).isEqualTo("42");
    assertThat(json.get("parameters").toString()).isEqualTo("{\"tenant\":\"a\",\"level\":3}");
    assertThat(json.get("outputs").toString())
        .isEqualTo(
            "[{\"name\":\"sum\",\"datatype\":\"FP32\",\"shape\":[2,2],\"data\":[11.0,22.0,33.0,44.5]},"
                + "{\"name\":\"difference\",\"datatype\":\"FP32\",\"shape\":[2,2],"
                + "\"data\":[9.0,18.0,27.0,36.5]}]");
  }

  /** Starting one takes longer than a small network's answer. */
  @Test
  void noThreadIsStartedForARequest() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    String json =
        "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 3], \"datatype\": \"FP32\", \"data\": [1, 2, 3]}]}";
    infer("FP32", json);
    long before = threads.getTotalStartedThreadCount();
    for (int i = 0; i < 50; i++) {
      assertThat(infer("FP32", json).status()).isEqualTo(200);
    }
    assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(50);
  }

  /** tritonclient's default: all inputs and outputs follow the JSON. */
  @Test
  void binaryInBinaryOut() throws IOException {
    Reply reply =
        binary(
            "sum",
            """
            {"inputs":[
             {"name":"a","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}},
             {"name":"b","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}],
             "parameters":{"binary_data_output":true}}\
            """,
            floats(1, 2),
            floats(4, 8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("content-type", "application/octet-stream");
    JsonNode output = head(reply).get("outputs").get(1);
    assertThat(output.toString())
        .isEqualTo(
            "{\"name\":\"difference\",\"datatype\":\"FP32\",\"shape\":[1,2],"
                + "\"parameters\":{\"binary_data_size\":8}}");
    assertThat(tail(reply)).isEqualTo(floats(5, 10, -3, -6));
  }

  @Test
  void bothFormsMixAndOutputsAreChosen() throws IOException {
    Reply reply =
        binary(
            "sum",
            """
            {"inputs":[
             {"name":"a","shape":[1,2],"datatype":"FP32","data":[1,2]},
             {"name":"b","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}],
             "outputs":[{"name":"difference","parameters":{"binary_data":true}},{"name":"sum"}]}\
            """,
            floats(4, 8));
    JsonNode outputs = head(reply).get("outputs");
    assertThat(outputs.get(0).get("parameters").get("binary_data_size").asInt()).isEqualTo(8);
    assertThat(outputs.get(1).get("data").toString()).isEqualTo("[5.0,10.0]");
    assertThat(tail(reply)).isEqualTo(floats(-3, -6));
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void everyTypeComesBackAsItWent(DataType type) throws IOException {
    byte[] bytes = new byte[2 * 3 * type.type().bytes()];
    Fresh.random().nextBytes(bytes);
    if (type == DataType.BOOL) {
      bytes = new byte[] {1, 0, 1, 1, 0, 0};
    }
    String head =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,3],\"datatype\":\"%s\","
            + "\"parameters\":{\"binary_data_size\":%d}}],"
            + "\"parameters\":{\"binary_data_output\":true}}";
    Reply reply = binary(type.name(), head.formatted(type, bytes.length), bytes);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(tail(reply)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL | true,0,1 | true,false,true",
        "UINT8 | 0,255,7 | 0,255,7",
        "INT8 | -128,127,0 | -128,127,0",
        "UINT64 | 18446744073709551615,0,1 | 18446744073709551615,0,1",
        "INT64 | -9223372036854775808,9223372036854775807,3 |"
            + " -9223372036854775808,9223372036854775807,3",
        "FP64 | 1e300,0.1,-3 | 1.0E300,0.1,-3.0",
        "FP16 | 1.5,65504,-0.25 | 1.5,65504.0,-0.25",
        "FP32 | 1e30,0.1,-3 | 1.0E30,0.1,-3.0",
      })
  void numbersOfEveryTypeAreReadAndWritten(String type, String data, String expected)
      throws IOException {
    String json =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"%s\",\"data\":[%s]}]}";
    Reply reply = infer(type, json.formatted(type, data));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).contains("\"data\":[" + expected + "]");
  }

  @Test
  void classesAreNamed() throws IOException {
    Map.Entry<String, Picture> sample = Bundled.samples().entrySet().iterator().next();
    Model model = Model.bundled();
    try (Session session = model.open(Device.cpu())) {
      Classifier classifier = Classifier.of(model, session);
      Tensor input = classifier.input(List.of(sample.getValue()));
      List<Prediction> best = classifier.classify(sample.getValue(), 2);
      byte[] bytes = new byte[input.bytes().remaining()];
      input.bytes().get(bytes);
      String json =
          "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,3,32,32],\"datatype\":\"FP32\","
              + "\"parameters\":{\"binary_data_size\":%d}}],"
              + "\"outputs\":[{\"name\":\"fc\",\"parameters\":{\"classification\":2%s}}]}";
      String name = model.inputs().get(0).name();
      json = json.replace("\"input\"", "\"" + name + "\"");
      json = json.replace("\"fc\"", "\"" + model.outputs().get(0) + "\"");
      JsonNode output =
          TestServer.json(binary("characters", json.formatted(bytes.length, ""), bytes))
              .get("outputs")
              .get(0);
      assertThat(output.get("datatype").asText()).isEqualTo("BYTES");
      assertThat(output.get("shape").toString()).isEqualTo("[1,2]");
      String[] first = output.get("data").get(0).asText().split(":");
      assertThat(Float.parseFloat(first[0])).isEqualTo(best.get(0).probability());
      assertThat(first[2]).isEqualTo(best.get(0).label());
      Reply after =
          binary("characters", json.formatted(bytes.length, ",\"binary_data\":true"), bytes);
      ByteBuffer texts = ByteBuffer.wrap(tail(after)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] text = new byte[texts.getInt()];
      texts.get(text);
      assertThat(new String(text, StandardCharsets.UTF_8))
          .isEqualTo(output.get("data").get(0).asText());
    }
  }

  /** 2 MB, in pieces as the network gives them. */
  @Test
  void largeTensorsCome() throws IOException {
    byte[] bytes = new byte[4 * WIDE];
    Fresh.random().nextBytes(bytes);
    String json =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,%d],\"datatype\":\"INT32\","
            + "\"parameters\":{\"binary_data_size\":%d}}],"
            + "\"parameters\":{\"binary_data_output\":true}}";
    Reply reply = binary("wide", json.formatted(WIDE, bytes.length), bytes);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(tail(reply)).isEqualTo(bytes);
  }
}
