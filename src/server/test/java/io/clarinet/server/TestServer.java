package io.clarinet.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.op.Reshape;
import io.clarinet.server.http.Answered;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.RawClient;
import io.clarinet.server.http.RawClient.Reply;
import io.clarinet.server.http.StrictJson;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Serving;
import io.clarinet.tensor.ElementType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A server of a few models on the CPU, and a connection to it. */
public final class TestServer implements AutoCloseable {
  /** What it told of its answers. */
  public final List<Answered> answered = Collections.synchronizedList(new ArrayList<>());

  /** The server. */
  public final Server server;

  private final RawClient client;

  /** Serves models that are read once. */
  public static TestServer of(Map<String, ModelSource> models) throws IOException {
    return new TestServer(models, Serving.on(List.of(Device.cpu())));
  }

  /** Serves models in a way. */
  public TestServer(Map<String, ModelSource> models, Serving serving) throws IOException {
    HttpOptions options =
        new HttpOptions("127.0.0.1", 0, null, Guard.loopback(), HttpLimits.DEFAULT);
    this.server = Server.start(options, serving, "test", answered::add);
    server.load(models);
    this.client = new RawClient(server.port());
  }

  /** A model that gives back what it is given, of any batch. */
  public static Model identity(ElementType type, Integer... dims) {
    GraphBuilder builder = new GraphBuilder("identity");
    builder.input(new Input("x", type, List.of(dims)));
    builder.add("y", Reshape.IDENTITY, "x");
    return Model.of(builder.output("y").build());
  }

  /** The answer to a GET. */
  public Reply get(String path) throws IOException {
    return client.send("GET " + path, Map.of(), new byte[0]).reply();
  }

  /** The answer to a POST of JSON. */
  public Reply post(String path, String json) throws IOException {
    return post(path, Map.of(), json.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a POST. */
  public Reply post(String path, Map<String, String> headers, byte[] body) throws IOException {
    return client.send("POST " + path, headers, body).reply();
  }

  /** A document. */
  public static JsonNode json(Reply reply) throws IOException {
    return StrictJson.mapper().readTree(reply.body());
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
