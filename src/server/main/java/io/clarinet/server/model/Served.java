package io.clarinet.server.model;

import io.clarinet.Batcher;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.SessionOptions;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.server.http.StatusException;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is served: opened on its devices, its requests joined into batches. Batches have
 * sizes that were prepared: that of one item before it is ready, larger ones in the background.
 */
public final class Served implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Served.class);
  private static final int OPEN_SIDE = 224;
  private static final int MOST_VIEWS = 4;

  private final String name;
  private final Model model;
  private final Serving serving;
  private final List<Shape> usual;
  private final Signature signature;
  private final List<Place> places = new ArrayList<>();
  private final Tally tally = new Tally();
  private final UnderWay underWay = new UnderWay();
  private final @Nullable Classifier classifier;
  private final Insight insight;
  private volatile boolean tried;
  private final Map<String, CompletableFuture<Served>> views = new ConcurrentHashMap<>();
  private final Consumer<Batcher.Batch> told;

  /** A device on which a model is open; no batcher where its items cannot share one. */
  private record Place(Session session, @Nullable Batcher batcher) {
    int waiting() {
      return batcher == null ? 0 : batcher.waiting();
    }

    void close() {
      if (batcher != null) {
        batcher.close();
      }
      session.close();
    }
  }

  /**
   * Opens a model, and prepares it for one item.
   *
   * @param told of each batch
   */
  Served(String name, Model loaded, Serving serving, Consumer<Batcher.Batch> told) {
    this.name = name;
    this.serving = serving;
    this.told = told;
    this.model = anyBatch(loaded);
    this.usual = usual(model);
    this.signature = Signature.of(model.graph(), usual);
    DataType.requireAll(signature);
    try {
      for (Device device : serving.devices()) {
        places.add(open(device, told));
      }
      this.classifier = classifier();
      this.insight = new Insight(model, places.get(0).session(), usual, serving.deadline());
      this.tried = true;
    } catch (RuntimeException | Error e) {
      places.forEach(Place::close);
      throw e;
    }
  }

  private static Model anyBatch(Model model) {
    try {
      return isOpen(model) || model.inputs().isEmpty() ? model : model.withAnyBatch();
    } catch (GraphException e) {
      return model;
    }
  }

  private static boolean isOpen(Model model) {
    return model.inputs().stream()
        .allMatch(i -> !i.dims().isEmpty() && i.dims().get(0) == Input.UNKNOWN);
  }

  /** Shapes for one item; sides that are open are as large as the preprocessing makes them. */
  private static List<Shape> usual(Model model) {
    List<Shape> shapes = new ArrayList<>();
    for (Input input : model.inputs()) {
      boolean picture = input.dims().size() == 4;
      int side = picture ? Classifier.preprocessOf(model).crop() : OPEN_SIDE;
      int[] dims = input.shape(side).dims();
      if (dims.length > 0 && input.dims().get(0) == Input.UNKNOWN) {
        dims[0] = 1;
      }
      shapes.add(Shape.of(dims));
    }
    return shapes;
  }

  private Place open(Device device, Consumer<Batcher.Batch> told) {
    SessionOptions options = SessionOptions.EXACT.withMostWaiting(serving.queue());
    Session session = model.open(device, options);
    try {
      Batcher batcher = batcher(session, told);
      if (batcher == null) {
        session.prepare(usual.toArray(Shape[]::new));
      }
      return new Place(session, batcher);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** A batcher that has run an item; null for a model whose items cannot share batches. */
  private @Nullable Batcher batcher(Session session, Consumer<Batcher.Batch> told) {
    if (!isOpen(model) || model.inputs().isEmpty()) {
      return null;
    }
    Batcher batcher =
        new Batcher(
            session, serving.largestBatch(), serving.longestWait(), batch -> count(batch, told));
    try {
      batcher.prepare(1, usual.toArray(Shape[]::new));
      batcher.run(zeros()).join();
      return batcher;
    } catch (CompletionException e) {
      batcher.close();
      if (e.getCause() instanceof IllegalArgumentException) {
        LOG.info("{}: {}; requests run one by one", name, e.getCause().getMessage());
        return null;
      }
      throw e;
    }
  }

  /**
   * This model ended at another of its values, opened besides it when that is first asked for.
   *
   * @return StatusException 400 if it has no such value, 429 if many others are open
   */
  public CompletableFuture<Served> endingAt(String value) {
    CompletableFuture<Served> opened = views.get(value);
    if (opened != null && !opened.isCompletedExceptionally()) {
      return opened;
    }
    Model ended;
    try {
      ended = model.withOutputs(value);
    } catch (GraphException e) {
      throw new StatusException(400, String.valueOf(e.getMessage()));
    }
    views.values().removeIf(CompletableFuture::isCompletedExceptionally);
    if (views.size() >= MOST_VIEWS) {
      throw new StatusException(429, "model " + name + " is open at as many values as may be");
    }
    return views.computeIfAbsent(
        value, key -> CompletableFuture.supplyAsync(() -> new Served(name, ended, serving, told)));
  }

  /** Runs that try the model are not counted. */
  private void count(Batcher.Batch batch, Consumer<Batcher.Batch> told) {
    if (tried) {
      tally.add(batch);
      told.accept(batch);
    }
  }

  private List<Tensor> zeros() {
    List<Tensor> zeros = new ArrayList<>();
    for (int i = 0; i < usual.size(); i++) {
      zeros.add(Tensor.zeros(model.inputs().get(i).type(), usual.get(i)));
    }
    return zeros;
  }

  private @Nullable Classifier classifier() {
    try {
      return Classifier.of(model, places.get(0).session());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Prepares larger batches, the double each time, until it is closed. */
  void prepareBatches() {
    int size = 1;
    while (size < serving.largestBatch() && !underWay.isClosed()) {
      size = Math.min(2 * size, serving.largestBatch());
      for (Place place : places) {
        prepare(place, size);
      }
    }
  }

  private void prepare(Place place, int size) {
    try {
      if (place.batcher() != null) {
        place.batcher().prepare(size, usual.toArray(Shape[]::new));
      }
    } catch (RuntimeException e) {
      if (!underWay.isClosed()) {
        LOG.warn("{}: no batches of {}: {}", name, size, e.toString());
      }
    }
  }

  /**
   * Runs a request on the device with the fewest that wait.
   *
   * @param inputs in declared order
   * @param gone completes where nobody waits for the answer any more; it is not run then, if it was
   *     not under way
   * @param patience of the client, which may be shorter than the deadline
   * @return the outputs in declared order, or StatusException: 400, 429 or 503
   */
  public CompletableFuture<List<Tensor>> infer(
      List<Tensor> inputs, CompletableFuture<Void> gone, Duration patience) {
    if (!underWay.enter()) {
      return CompletableFuture.failedFuture(unavailable());
    }
    long begun = System.nanoTime();
    Place place = places.stream().min(Comparator.comparingInt(Place::waiting)).orElseThrow();
    CompletableFuture<List<Tensor>> answer =
        place.batcher() == null ? place.session().runAsync(inputs) : place.batcher().run(inputs);
    var unused = gone.thenRun(() -> answer.cancel(false));
    Duration deadline = patience.compareTo(serving.deadline()) < 0 ? patience : serving.deadline();
    return answer
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (outputs, failure) -> {
              underWay.leave();
              tally.request(System.nanoTime() - begun, failure == null);
              if (failure != null) {
                throw told(failure);
              }
              return outputs;
            });
  }

  /** As {@link #infer(List, CompletableFuture, Duration)}, for a patient client. */
  public CompletableFuture<List<Tensor>> infer(List<Tensor> inputs, CompletableFuture<Void> gone) {
    return infer(inputs, gone, serving.deadline());
  }

  private RuntimeException told(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RejectedExecutionException) {
      return StatusException.tryAgain(429, "too many requests wait for model " + name);
    }
    if (cause instanceof TimeoutException) {
      return StatusException.tryAgain(503, "no answer within the deadline");
    }
    if (cause instanceof CancellationException) {
      return new StatusException(499, "the client has gone");
    }
    if (cause instanceof IllegalArgumentException) {
      return new StatusException(400, String.valueOf(cause.getMessage()));
    }
    if (underWay.isClosed() && cause instanceof IllegalStateException) {
      return unavailable();
    }
    return new CompletionException(cause);
  }

  private StatusException unavailable() {
    return StatusException.tryAgain(503, "model " + name + " is being unloaded");
  }

  boolean isClosed() {
    return underWay.isClosed();
  }

  /** The name that it is served by. */
  public String name() {
    return name;
  }

  /** The model, open to any batch size where it can be. */
  public Model model() {
    return model;
  }

  /** What it takes and gives. */
  public Signature signature() {
    return signature;
  }

  /** Items of its largest batch; 0 where requests run one by one. */
  public int largestBatch() {
    return places.get(0).batcher() == null ? 0 : serving.largestBatch();
  }

  /** Its counts. */
  public Tally tally() {
    return tally;
  }

  /** Requests that wait for their batch. */
  public int waiting() {
    return places.stream().mapToInt(Place::waiting).sum();
  }

  /** The sessions, one a device. */
  public List<Session> sessions() {
    return places.stream().map(Place::session).toList();
  }

  /**
   * What reads pictures for it.
   *
   * @throws StatusException 400 if it is no classifier of pictures
   */
  public Classifier classifierOfPictures() {
    if (classifier == null) {
      throw new StatusException(400, "model " + name + " is no classifier of pictures");
    }
    return classifier;
  }

  /** What people want to see of it beside its answers. */
  public Insight insight() {
    return insight;
  }

  /** Takes no further request, and closes after the answers under way. */
  @Override
  public void close() {
    underWay.close();
    views.values().forEach(view -> view.thenAccept(Served::close).exceptionally(e -> null).join());
    insight.close();
    places.forEach(Place::close);
  }
}
