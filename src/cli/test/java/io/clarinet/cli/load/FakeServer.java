package io.clarinet.cli.load;

import io.clarinet.server.http.Guard;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.HttpServer;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A server of one model, {@code fake}, that answers as a test says. */
final class FakeServer implements AutoCloseable {
  private final HttpServer http;

  FakeServer(Handler infer) throws IOException {
    Router router = new Router();
    Object input = Map.of("name", "x", "datatype", "FP32", "shape", List.of(-1, 3));
    router.add("GET", "/v2/models/fake", now(Map.of("name", "fake", "inputs", List.of(input))));
    router.add("GET", "/v2/models/fake/stats", now(Map.of("model_stats", List.of())));
    router.add("POST", "/v2/repository/index", now(List.of(Map.of("name", "fake"))));
    router.add("POST", "/v2/models/fake/infer", infer);
    http =
        HttpServer.start(
            new HttpOptions("127.0.0.1", 0, null, Guard.loopback(), HttpLimits.DEFAULT),
            router,
            answered -> {});
  }

  private static Handler now(Object document) {
    return Handler.now(request -> Response.json(200, document));
  }

  String url() {
    return "http://127.0.0.1:" + http.port();
  }

  ServedModel model() throws IOException {
    return ServedModel.of(Address.of(url(), null), "", 2);
  }

  @Override
  public void close() {
    http.close();
  }
}
