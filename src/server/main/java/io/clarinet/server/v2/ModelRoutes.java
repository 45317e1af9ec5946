package io.clarinet.server.v2;

import io.clarinet.graph.Input;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.http.StrictJson;
import io.clarinet.server.model.DataType;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.server.model.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The Open Inference Protocol, version 2 (KServe), with Triton's extensions: binary tensors,
 * classification, model repository, configuration and statistics.
 */
public final class ModelRoutes {
  /** The only version of every model. */
  public static final String VERSION = "1";

  /** Triton's extensions that are answered. */
  public static final List<String> EXTENSIONS =
      List.of(
          "binary_tensor_data",
          "classification",
          "model_configuration",
          "model_repository",
          "statistics");

  private final Models models;
  private final String version;
  private final BooleanSupplier ready;

  /**
   * @param version of Clarinet
   * @param ready whether the server takes requests
   */
  public ModelRoutes(Models models, String version, BooleanSupplier ready) {
    this.models = models;
    this.version = version;
    this.ready = ready;
  }

  /** Adds all paths of the protocol. */
  public void addTo(Router router) {
    router.add("GET", "/v2", Handler.now(request -> Response.json(200, server())));
    router.addOpen(
        "GET", "/v2/health/live", Handler.now(r -> Response.json(200, Map.of("live", true))));
    router.addOpen("GET", "/v2/health/ready", Handler.now(r -> readiness(ready.getAsBoolean())));
    router.add("GET", "/v2/models/stats", Handler.now(request -> allStats()));
    for (String model : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
      router.add("GET", model, of(ModelRoutes::metadata));
      router.add("GET", model + "/ready", Handler.now(this::modelReady));
      router.add("GET", model + "/config", of(ModelRoutes::config));
      router.add("GET", model + "/stats", of(s -> Map.of("model_stats", List.of(stats(s)))));
      router.add("POST", model + "/infer", new InferRoute(models));
    }
    router.add("POST", "/v2/repository/index", Handler.now(this::index));
    router.add("POST", "/v2/repository/models/{model}/load", this::load);
    router.add("POST", "/v2/repository/models/{model}/unload", this::unload);
  }

  private Handler of(Function<Served, Object> document) {
    return Handler.now(request -> Response.json(200, document.apply(served(models, request))));
  }

  /**
   * The model that a path names.
   *
   * @throws StatusException 404 or 503
   */
  static Served served(Models models, Request request) {
    return served(models, request.part("model"), request.parts().getOrDefault("version", VERSION));
  }

  /**
   * The model of a name and a version.
   *
   * @throws StatusException 404 or 503
   */
  public static Served served(Models models, String name, String version) {
    Served served = models.get(name);
    if (!version.equals(VERSION)) {
      throw new StatusException(404, "model " + served.name() + " has version 1 only");
    }
    return served;
  }

  private Map<String, Object> server() {
    return Map.of("name", "clarinet", "version", version, "extensions", EXTENSIONS);
  }

  private static Response readiness(boolean ready) {
    Response response = Response.json(ready ? 200 : 503, Map.of("ready", ready));
    return ready ? response : response.with("Retry-After", "1");
  }

  private Response modelReady(Request request) {
    String name = served(models, request).name();
    return Response.json(200, Map.of("name", name, "ready", true));
  }

  private static Map<String, Object> metadata(Served served) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", served.name());
    document.put("versions", List.of(VERSION));
    document.put("platform", "clarinet_graph");
    document.put("inputs", served.signature().inputs().stream().map(ModelRoutes::value).toList());
    document.put("outputs", served.signature().outputs().stream().map(ModelRoutes::value).toList());
    return document;
  }

  private static Map<String, Object> value(Input value) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", value.name());
    document.put("datatype", DataType.of(value.type()).orElseThrow().name());
    document.put("shape", value.dims());
    return document;
  }

  private static Map<String, Object> config(Served served) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", served.name());
    document.put("platform", "clarinet_graph");
    document.put("backend", "clarinet");
    document.put("max_batch_size", served.largestBatch());
    boolean batched = served.largestBatch() > 0;
    document.put("input", configured(served.signature().inputs(), batched));
    document.put("output", configured(served.signature().outputs(), batched));
    if (batched) {
      document.put("dynamic_batching", Map.of());
    }
    return document;
  }

  private static List<Object> configured(List<Input> values, boolean batched) {
    List<Object> all = new ArrayList<>();
    for (Input value : values) {
      List<Integer> dims = value.dims();
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", value.name());
      document.put("data_type", "TYPE_" + DataType.of(value.type()).orElseThrow().name());
      document.put("dims", batched && !dims.isEmpty() ? dims.subList(1, dims.size()) : dims);
      all.add(document);
    }
    return all;
  }

  private Response allStats() {
    List<Object> all = new ArrayList<>();
    models.ready().values().forEach(served -> all.add(stats(served)));
    return Response.json(200, Map.of("model_stats", all));
  }

  private static Map<String, Object> stats(Served served) {
    Tally.Counts counts = served.tally().counts();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", served.name());
    document.put("version", VERSION);
    document.put("last_inference", counts.lastMillis());
    document.put("inference_count", counts.items());
    document.put("execution_count", counts.executions());
    Map<String, Object> inference = new LinkedHashMap<>();
    inference.put("success", sum(counts.success()));
    inference.put("fail", sum(counts.failure()));
    inference.put("queue", sum(counts.queue()));
    inference.put("compute_infer", sum(counts.compute()));
    document.put("inference_stats", inference);
    List<Object> batches = new ArrayList<>();
    counts
        .batches()
        .forEach((size, sum) -> batches.add(Map.of("batch_size", size, "compute_infer", sum(sum))));
    document.put("batch_stats", batches);
    return document;
  }

  private static Map<String, Long> sum(Tally.Sum sum) {
    return Map.of("count", sum.count(), "ns", sum.nanos());
  }

  private Response index(Request request) {
    boolean onlyReady = wantsReady(request);
    List<Object> all = new ArrayList<>();
    for (Models.Status status : models.index()) {
      if (!onlyReady || status.state() == Models.State.READY) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", status.name());
        document.put("version", VERSION);
        document.put("state", status.state().name());
        document.put("reason", status.reason());
        all.add(document);
      }
    }
    return Response.json(200, all);
  }

  private static boolean wantsReady(Request request) {
    if (!request.body().hasRemaining()) {
      return false;
    }
    try {
      byte[] body = request.bytes();
      return StrictJson.mapper().readTree(body).path("ready").asBoolean(false);
    } catch (IOException e) {
      throw RequestReader.malformed(e);
    }
  }

  private CompletableFuture<Response> load(Request request) {
    return models.load(request.part("model")).thenApply(done -> Response.json(200, Map.of()));
  }

  private CompletableFuture<Response> unload(Request request) {
    return models.unload(request.part("model")).thenApply(done -> Response.json(200, Map.of()));
  }
}
