package io.clarinet.server.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.server.TestServer;
import io.clarinet.server.http.RawClient.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request is told with Triton's status. */
@Timeout(120)
class InferRefusalsTest extends InferFixture {
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
}
