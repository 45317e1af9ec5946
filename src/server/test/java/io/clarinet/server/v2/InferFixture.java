package io.clarinet.server.v2;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.server.TestServer;
import io.clarinet.server.http.RawClient.Reply;
import io.clarinet.server.http.StrictJson;
import io.clarinet.server.model.DataType;
import io.clarinet.server.model.ModelSource;
import io.clarinet.tensor.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** A server of small models, and requests to it as clients send them. */
abstract class InferFixture {
  static final int WIDE = 500_000;
  static TestServer server;

  /** Once for all tests; it lasts as long as their process. */
  @BeforeAll
  static void start() throws IOException {
    if (server != null) {
      return;
    }
    Map<String, ModelSource> models = new LinkedHashMap<>();
    for (DataType type : DataType.values()) {
      models.put(type.name(), () -> TestServer.identity(type.type(), -1, 3));
    }
    models.put("wide", () -> TestServer.identity(ElementType.INT32, -1, WIDE));
    models.put("sum", InferFixture::sum);
    models.put("characters", Model::bundled);
    server = TestServer.of(models);
  }

  static Model sum() {
    GraphBuilder builder = new GraphBuilder("sum");
    builder.input("a", -1, 2);
    builder.input("b", -1, 2);
    builder.add("sum", Binary.ADD, "a", "b");
    builder.add("difference", new Binary(Binary.Kind.SUB, null), "a", "b");
    return Model.of(builder.output("sum").output("difference").build());
  }

  static Reply infer(String model, String json) throws IOException {
    return server.post("/v2/models/" + model + "/infer", json);
  }

  /** The body that a client sends whose tensors follow the JSON, and its header. */
  static Reply binary(String model, String json, byte[]... tensors) throws IOException {
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

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** The head of a binary answer. */
  static JsonNode head(Reply reply) throws IOException {
    int length = Integer.parseInt(reply.headers().get("inference-header-content-length"));
    return StrictJson.mapper().readTree(reply.body(), 0, length);
  }

  static byte[] tail(Reply reply) {
    int length = Integer.parseInt(reply.headers().get("inference-header-content-length"));
    return Arrays.copyOfRange(reply.body(), length, reply.body().length);
  }
}
