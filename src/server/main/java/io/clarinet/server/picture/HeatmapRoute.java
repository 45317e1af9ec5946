package io.clarinet.server.picture;

import io.clarinet.HeatMap;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/heatmap}: a picture in, where in it a class is seen out: the map's values, or the
 * picture with the map over it for those who accept {@code image/png}. {@code ?model=} names the
 * model where there are several, {@code ?class=} the class by its number, else the most probable.
 */
public final class HeatmapRoute implements Handler {
  private static final String PNG = "image/png";

  private final Models models;

  private HeatmapRoute(Models models) {
    this.models = models;
  }

  /** Adds the path. */
  public static void addTo(Router router, Models models) {
    router.add("POST", "/v1/heatmap", new HeatmapRoute(models));
  }

  @Override
  public CompletableFuture<Response> handle(Request request) {
    Served served = ClassifyRoute.served(models, request);
    Integer index = index(request.parameter("class"));
    List<SentPicture> sent = SentPicture.of(request);
    if (sent.size() > 1) {
      throw new StatusException(400, "a heat map is of one picture");
    }
    String accept = request.header("Accept");
    boolean drawn = accept != null && accept.contains(PNG);
    return served
        .insight()
        .heatMap(sent.get(0)::picture, index, request.gone())
        .thenApply(
            map ->
                drawn
                    ? Response.bytes(PNG, map.overlay().png())
                    : Response.json(200, document(served, map)));
  }

  private static @Nullable Integer index(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,9}")) {
      throw new StatusException(400, "class is the number of a class");
    }
    return Integer.valueOf(text);
  }

  private static Map<String, Object> document(Served served, HeatMap map) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", served.name());
    document.put("prediction", map.prediction());
    document.put("score", map.score());
    document.put("bias", map.bias());
    document.put("map", rows(map));
    document.put("area", map.area());
    document.put(
        "picture", Map.of("width", map.picture().width(), "height", map.picture().height()));
    return document;
  }

  private static List<float[]> rows(HeatMap map) {
    Shape shape = map.values().shape();
    float[] values = map.values().toFloatArray();
    return IntStream.range(0, shape.dim(0))
        .mapToObj(y -> Arrays.copyOfRange(values, y * shape.dim(1), (y + 1) * shape.dim(1)))
        .toList();
  }
}
