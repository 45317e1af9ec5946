package io.clarinet.server.page;

import io.clarinet.Classifier;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.server.model.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/models}: every model, what one can do with it, and its counts so far, whose
 * differences are rates; and {@code GET /v1/models/{model}/layers}: the times of its layers.
 */
public final class ModelList {
  private static final double NANOS = 1e-6;

  private final Models models;

  private ModelList(Models models) {
    this.models = models;
  }

  /** Adds the paths. */
  public static void addTo(Router router, Models models) {
    ModelList list = new ModelList(models);
    router
        .add("GET", "/v1/models", Handler.now(request -> list.all()))
        .add("GET", "/v1/models/{model}/layers", list::layers);
  }

  private Response all() {
    Map<String, Served> ready = models.ready();
    List<Map<String, Object>> list =
        models.index().stream().map(status -> document(status, ready)).toList();
    return Response.json(200, Map.of("models", list));
  }

  private static Map<String, Object> document(Models.Status status, Map<String, Served> ready) {
    Map<String, Object> document = new LinkedHashMap<>();
    Served served = ready.get(status.name());
    document.put("name", status.name());
    document.put("ready", served != null);
    if (served == null) {
      document.put("reason", status.reason().isEmpty() ? "loading" : status.reason());
      return document;
    }
    document.put("device", served.sessions().get(0).device().toString());
    document.put("trained", served.model().isTrained());
    document.put("pictures", readsPictures(served));
    document.put("characters", readsCharacters(served));
    document.put("heatMaps", readsPictures(served) && served.insight().hasHeatMaps());
    document.put("largestBatch", served.largestBatch());
    document.put("counts", counts(served));
    return document;
  }

  private static boolean readsPictures(Served served) {
    try {
      return served.classifierOfPictures().labels().size() > 0;
    } catch (StatusException e) {
      return false;
    }
  }

  /** Whether every class is a character, which one can draw. */
  private static boolean readsCharacters(Served served) {
    if (!readsPictures(served)) {
      return false;
    }
    Classifier classifier = served.classifierOfPictures();
    return classifier.labels().names().stream().allMatch(name -> name.length() == 1);
  }

  private static Map<String, Object> counts(Served served) {
    Tally.Counts counts = served.tally().counts();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("answered", counts.success().count());
    document.put("failed", counts.failure().count());
    document.put("milliseconds", counts.success().nanos() * NANOS);
    document.put("deviceMilliseconds", counts.compute().nanos() * NANOS);
    document.put("items", counts.items());
    document.put("batches", counts.executions());
    document.put("waiting", served.waiting());
    return document;
  }

  private CompletableFuture<Response> layers(Request request) {
    Served served = models.get(request.part("model"));
    return served.insight().layers(request.gone()).thenApply(layers -> Response.json(200, layers));
  }
}
