package io.clarinet.server.picture;

import io.clarinet.Classifier;
import io.clarinet.classify.ClassifierException;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * {@code POST /v1/classify}: pictures in, labels and probabilities out, as {@code classify --json}
 * prints them. {@code ?model=} names the model where there are several, {@code ?top=} how many
 * classes; {@code ?output=} a value of the model to give in place of classes, such as the features
 * that its last layer classifies.
 */
public final class ClassifyRoute implements Handler {
  private static final int TOP = 5;

  private final Models models;

  private ClassifyRoute(Models models) {
    this.models = models;
  }

  /** Adds the path. */
  public static void addTo(Router router, Models models) {
    router.add("POST", "/v1/classify", new ClassifyRoute(models));
  }

  /**
   * How pictures are answered.
   *
   * @param run a picture's input to the model's outputs
   * @param fields what is told of the first output
   * @param workers make it
   */
  private record Way(
      Classifier classifier,
      Function<Tensor, CompletableFuture<List<Tensor>>> run,
      Function<Tensor, Map<String, Object>> fields,
      Executor workers) {
    /** A picture that cannot be read spoils no others. */
    CompletableFuture<Map<String, Object>> answer(SentPicture sent, boolean alone) {
      Tensor input;
      try {
        input = classifier.input(List.of(sent.picture()));
      } catch (StatusException e) {
        if (alone) {
          throw e;
        }
        return CompletableFuture.completedFuture(named(sent, failed(e)));
      }
      return run.apply(input)
          .thenApplyAsync(outputs -> named(sent, fields.apply(outputs.get(0))), workers);
    }
  }

  @Override
  public CompletableFuture<Response> handle(Request request) {
    Served served = served(models, request);
    Classifier classifier = served.classifierOfPictures();
    int top = top(request, classifier);
    List<SentPicture> sent = SentPicture.of(request);
    String value = request.parameter("output");
    if (value == null) {
      return answers(
          sent,
          served,
          new Way(
              classifier,
              input -> models.infer(served.name(), List.of(input), request.gone()),
              scores -> predictions(classifier, scores, top),
              request.workers()));
    }
    return served
        .endingAt(value)
        .thenCompose(
            ended ->
                answers(
                    sent,
                    ended,
                    new Way(
                        classifier,
                        input -> ended.infer(List.of(input), request.gone()),
                        features -> elements(value, features),
                        request.workers())));
  }

  private static CompletableFuture<Response> answers(
      List<SentPicture> sent, Served served, Way way) {
    List<CompletableFuture<Map<String, Object>>> answers =
        sent.stream().map(picture -> way.answer(picture, sent.size() == 1)).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> response(served, answers));
  }

  /**
   * The model that {@code ?model=} names, or the only one.
   *
   * @throws StatusException 400, 404 or 503
   */
  static Served served(Models models, Request request) {
    String name = request.parameter("model");
    if (name != null) {
      return models.get(name);
    }
    List<String> known = models.index().stream().map(Models.Status::name).toList();
    if (known.size() != 1) {
      throw new StatusException(400, "which model? ?model= names one of " + known);
    }
    return models.get(known.get(0));
  }

  private static int top(Request request, Classifier classifier) {
    String given = request.parameter("top");
    try {
      int top = given == null ? TOP : Integer.parseInt(given);
      if (top >= 1) {
        return Math.min(top, classifier.labels().size());
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new StatusException(400, "top is a number from 1 on");
  }

  private static Map<String, Object> named(SentPicture sent, Map<String, Object> told) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("image", sent.name());
    document.putAll(told);
    return document;
  }

  private static Map<String, Object> failed(RuntimeException e) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("predictions", List.of());
    told.put("error", String.valueOf(e.getMessage()));
    return told;
  }

  private static Map<String, Object> predictions(Classifier classifier, Tensor scores, int top) {
    try {
      return Map.of("predictions", classifier.predictions(scores, 1, top).get(0));
    } catch (ClassifierException e) {
      return failed(e);
    }
  }

  private static Map<String, Object> elements(String value, Tensor features) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("output", value);
    told.put("shape", features.shape().dims());
    told.put("data", features.as(ElementType.FLOAT32).toFloatArray());
    return told;
  }

  private static Response response(
      Served served, List<CompletableFuture<Map<String, Object>>> answers) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", served.name());
    document.put("device", served.sessions().get(0).device().toString());
    document.put("results", answers.stream().map(CompletableFuture::join).toList());
    return Response.json(200, document);
  }
}
