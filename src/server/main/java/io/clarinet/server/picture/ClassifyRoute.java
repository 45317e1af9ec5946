package io.clarinet.server.picture;

import io.clarinet.Classifier;
import io.clarinet.Prediction;
import io.clarinet.classify.ClassifierException;
import io.clarinet.image.ImageException;
import io.clarinet.image.Picture;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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

  @Override
  public CompletableFuture<Response> handle(Request request) {
    Served served = served(models, request);
    Classifier classifier = served.classifierOfPictures();
    int top = top(request, classifier);
    String value = request.parameter("output");
    if (value != null) {
      return served.endingAt(value).thenCompose(ended -> embeddings(request, ended, classifier));
    }
    List<CompletableFuture<Map<String, Object>>> answers = new ArrayList<>();
    List<SentPicture> sent = SentPicture.of(request);
    for (SentPicture picture : sent) {
      answers.add(answer(picture, served, classifier, top, request, sent.size() == 1));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> response(served, answers));
  }

  private static CompletableFuture<Response> embeddings(
      Request request, Served ended, Classifier classifier) {
    List<CompletableFuture<Map<String, Object>>> answers = new ArrayList<>();
    List<SentPicture> sent = SentPicture.of(request);
    for (SentPicture picture : sent) {
      answers.add(embedding(picture, ended, classifier, request, sent.size() == 1));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> response(ended, answers));
  }

  private static CompletableFuture<Map<String, Object>> embedding(
      SentPicture sent, Served ended, Classifier classifier, Request request, boolean alone) {
    Tensor input;
    try {
      input = classifier.input(List.of(Picture.read(sent.content().array())));
    } catch (IOException e) {
      return unreadable(sent, e, alone);
    }
    return ended
        .infer(List.of(input), request.gone())
        .thenApply(
            outputs -> {
              Map<String, Object> document = new LinkedHashMap<>();
              document.put("image", sent.name());
              document.put("output", ended.signature().outputs().get(0).name());
              document.put("shape", outputs.get(0).shape().dims());
              document.put("data", outputs.get(0).as(ElementType.FLOAT32).toFloatArray());
              return document;
            });
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

  private CompletableFuture<Map<String, Object>> answer(
      SentPicture sent,
      Served served,
      Classifier classifier,
      int top,
      Request request,
      boolean alone) {
    Tensor input;
    try {
      input = classifier.input(List.of(Picture.read(sent.content().array())));
    } catch (IOException e) {
      return unreadable(sent, e, alone);
    }
    return models
        .infer(served.name(), List.of(input), request.gone())
        .thenApply(outputs -> result(sent, classifier, outputs.get(0), top));
  }

  /** A picture that cannot be read spoils no others. */
  private static CompletableFuture<Map<String, Object>> unreadable(
      SentPicture sent, IOException e, boolean alone) {
    if (alone) {
      throw new StatusException(400, problem(e));
    }
    return CompletableFuture.completedFuture(result(sent, List.of(), problem(e)));
  }

  /** What is wrong with a picture, in words that name no file of this machine. */
  private static String problem(IOException e) {
    return e instanceof ImageException known
        ? String.valueOf(known.getMessage())
        : "the picture cannot be read";
  }

  private static Map<String, Object> result(
      SentPicture sent, Classifier classifier, Tensor scores, int top) {
    try {
      return result(sent, classifier.predictions(scores, 1, top).get(0), null);
    } catch (ClassifierException e) {
      return result(sent, List.of(), e.getMessage());
    }
  }

  private static Map<String, Object> result(
      SentPicture sent, List<Prediction> predictions, @Nullable String error) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("image", sent.name());
    List<Object> found = new ArrayList<>();
    for (Prediction p : predictions) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("index", p.index());
      one.put("label", p.label());
      one.put("probability", p.probability());
      found.add(one);
    }
    document.put("predictions", found);
    if (error != null) {
      document.put("error", error);
    }
    return document;
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
