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
import io.clarinet.graph.GraphBuilder;
import io.clarinet.image.Picture;
import io.clarinet.op.Binary;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.RawClient.Reply;
import io.clarinet.server.model.DataType;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests as NVIDIA's tritonclient and others send them: JSON and binary tensors, in any mixture,
 * and what is wrong with them told with Triton's status.
 */
@Timeout(120)
class InferRouteTest {
  private static final int WIDE = 500_000;

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    Map<String, io.clarinet.server.model.ModelSource> models = new LinkedHashMap<>();
    for (DataType type : DataType.values()) {
      models.put(type.name(), () -> TestServer.identity(type.type(), -1, 3));
    }
    models.put("wide", () -> TestServer.identity(ElementType.INT32, -1, WIDE));
    models.put("sum", InferRouteTest::sum);
    models.put("characters", Model::bundled);
    server = TestServer.of(models);
  }

  private static Model sum() {
    GraphBuilder builder = new GraphBuilder("sum");
    builder.input("a", -1, 2);
    builder.input("b", -1, 2);
    builder.add("sum", Binary.ADD, "a", "b");
    builder.add("difference", new Binary(Binary.Kind.SUB, null), "a", "b");
    return Model.of(builder.output("sum").output("difference").build());
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static Reply infer(String model, String json) throws IOException {
    return server.post("/v2/models/" + model + "/infer", json);
  }

  /** The body that a client sends whose tensors follow the JSON, and its header. */
  private static Reply binary(String model, String json, byte[]... tensors) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    Arrays.stream(tensors).forEach(body::writeBytes);
    Map<String, String> headers =
        Map.of(
            "Inference-Header-Content-Length",
            Integer.toString(json.getBytes(StandardCharsets.UTF_8).length),
            "Content-Type",
            "application/octet-stream");
    return server.post("/v2/models/" + model + "/infer", headers, body.toByteArray());
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** The head of a binary answer. */
  private static JsonNode head(Reply reply) throws IOException {
    int length = Integer.parseInt(reply.headers().get("inference-header-content-length"));
    return io.clarinet.server.http.StrictJson.mapper().readTree(reply.body(), 0, length);
  }

  private static byte[] tail(Reply reply) {
    int length = Integer.parseInt(reply.headers().get("inference-header-content-length"));
    return Arrays.copyOfRange(reply.body(), length, reply.body().length);
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no json | is no JSON",
        "[] | a request is an object",
        "{} | 0 inputs are given",
        "{\"inputs\": 3} | inputs is a list",
        "{\"inputs\": [{\"name\": \"x\"}]} | needs name, datatype and shape",
        "{\"inputs\": [{X \"datatype\": \"BYTES\", \"shape\": [1], \"data\": []}]} | BYTES is not",
        "{\"inputs\": [{X S \"datatype\": \"INT8\", \"data\": [1, 2, 3]}]} | takes x: FLOAT32",
        "{\"inputs\": [{X F \"shape\": [1, 4], \"data\": [1, 2, 3, 4]}]} | the model takes",
        "{\"inputs\": [{X F \"shape\": [0, 3], \"data\": []}]} | the model takes",
        "{\"inputs\": [{X F \"shape\": [-1, 3], \"data\": []}]} | none below zero",
        "{\"inputs\": [{X F \"shape\": [99999999999, 3], \"data\": [1]}]} | the model takes",
        "{\"inputs\": [{X F \"shape\": [500000000, 3], \"data\": [1]}]} | more elements than data",
        "{\"inputs\": [{X F S \"data\": [1, 2]}]} | data has 2",
        "{\"inputs\": [{X F S \"data\": [1, 2, 3, 4]}]} | data has more",
        "{\"inputs\": [{X F S \"data\": [1, \"2\", 3]}]} | element 1 is no FP32",
        "{\"inputs\": [{X F S \"data\": [1, null, 3]}]} | element 1 is no FP32",
        "{\"inputs\": [{X F S \"data\": [1, NaN, 3]}]} | is no JSON",
        "{\"inputs\": [{X F S}]} | either as data or by binary_data_size",
        "{\"inputs\": [{X F S \"data\": 3}]} | data is a list",
        "{\"inputs\": [{X F S \"parameters\": {\"binary_data_size\": 12}}]} | 0 follow",
        "{\"inputs\": [{X F S \"data\": [1,2,3]}, {X F S \"data\": [1,2,3]}]} | given twice",
        "{\"inputs\": [{\"name\": \"z\", F S \"data\": [1,2,3]}]} | z is unknown",
        "{\"inputs\": [{X F S \"data\": [1,2,3]}], \"outputs\": [{\"name\": \"q\"}]} | no output q",
        "{\"inputs\": [{X F S \"data\": [1,2,3]}], \"outputs\": [{\"name\": \"y\","
            + " \"parameters\": {\"classification\": 1}}]} | no classifier",
        "{\"inputs\": [{X F S \"data\": [1,2,3]}]} {} | something follows",
        "{\"inputs\": [{X F S \"data\": [1,2,3] | is no JSON",
      })
  void whatIsWrongIsToldAndIsTheClientsFault(String json, String why) throws IOException {
    String request =
        json.replace("X ", "\"name\": \"x\", ")
            .replace("F ", "\"datatype\": \"FP32\", ")
            .replace("S}", "\"shape\": [1, 3]}")
            .replace("S ", "\"shape\": [1, 3], ");
    Reply reply = infer("FP32", request);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(TestServer.json(reply).get("error").asText()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, 256",
    "UINT8, -1",
    "UINT8, 1.5",
    "INT8, 128",
    "BOOL, 2",
    "UINT64, -1",
    "INT64, 1e3",
    "UINT64, 18446744073709551616"
  })
  void numbersThatATypeDoesNotHaveAreRefused(String type, String number) throws IOException {
    String json =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"%s\",\"data\":[0,%s,0]}]}";
    Reply reply = infer(type, json.formatted(type, number));
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.text()).contains("element 1 is no " + type);
  }

  @Test
  void binaryLengthsMustAgree() throws IOException {
    String json =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\","
            + "\"parameters\":{\"binary_data_size\":%d}}]}";
    assertThat(binary("FP32", json.formatted(8), floats(1, 2)).status()).isEqualTo(400);
    assertThat(binary("FP32", json.formatted(12), floats(1, 2)).status()).isEqualTo(400);
    assertThat(binary("FP32", json.formatted(12), floats(1, 2, 3, 4)).status()).isEqualTo(400);
    assertThat(binary("FP32", json.formatted(Long.MAX_VALUE), floats(1)).status()).isEqualTo(400);
    for (String length : List.of("-1", "99999", "x")) {
      Map<String, String> headers = Map.of("Inference-Header-Content-Length", length);
      Reply reply = server.post("/v2/models/FP32/infer", headers, new byte[3]);
      assertThat(reply.status()).isEqualTo(400);
    }
  }

  @Test
  void deepJsonIsRefused() throws IOException {
    Reply reply = infer("FP32", "{\"inputs\":" + "[".repeat(100_000));
    assertThat(reply.status()).isEqualTo(400);
    Reply data = infer("FP32", "{\"a\":" + "{\"a\":".repeat(1000));
    assertThat(data.status()).isEqualTo(400);
  }

  @Test
  void modelsAndVersionsThatAreNotThereAreNotFound() throws IOException {
    assertThat(infer("nobody", "{}").status()).isEqualTo(404);
    assertThat(infer("FP32/versions/2", "{}").status()).isEqualTo(404);
    String json =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[1,2,3]}]}";
    assertThat(infer("FP32/versions/1", json).status()).isEqualTo(200);
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
