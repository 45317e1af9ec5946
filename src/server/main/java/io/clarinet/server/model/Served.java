package io.clarinet.server.model;

import io.clarinet.Batcher;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.graph.GraphException;
import io.clarinet.server.http.StatusException;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is served: opened on its devices, its requests joined into batches. Batches have
 * sizes that were prepared: that of one item before it is ready, larger ones in the background.
 */
public final class Served implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Served.class);
  private static final int MOST_VIEWS = 4;

  private final String name;
  private final Serving serving;
  private final ModelItem item;
  private final Signature signature;
  private final List<Instance> instances = new ArrayList<>();
  private final Tally tally = new Tally();
  private final UnderWay underWay = new UnderWay();
  private final @Nullable Classifier classifier;
  private final Insight insight;
  private volatile boolean tried;
  private final Map<String, CompletableFuture<Served>> views = new ConcurrentHashMap<>();
  private final Consumer<Batcher.Batch> told;

  /**
   * Opens a model, and prepares it for one item.
   *
   * @param told of each batch
   */
  Served(String name, Model loaded, Serving serving, Consumer<Batcher.Batch> told) {
    this(
        name,
        loaded,
        serving,
        told,
        serving.devices().stream().map(device -> opener(device, serving)).toList());
  }

  private static Function<Model, Session> opener(Device device, Serving serving) {
    return model -> Instance.open(model, device, serving);
  }

  /**
   * @param openers open it, each on a device
   */
  private Served(
      String name,
      Model loaded,
      Serving serving,
      Consumer<Batcher.Batch> told,
      List<Function<Model, Session>> openers) {
    this.name = name;
    this.serving = serving;
    this.told = told;
    this.item = ModelItem.of(loaded);
    this.signature = Signature.of(item.model().graph(), item.shapes());
    DataType.requireAll(signature);
    try {
      for (Function<Model, Session> opener : openers) {
        Session session = opener.apply(item.model());
        instances.add(Instance.of(name, item, session, serving, this::count));
      }
      this.classifier = classifier();
      this.insight = new Insight(item, instances.get(0).session(), serving.deadline());
      this.tried = true;
    } catch (RuntimeException | Error e) {
      instances.forEach(Instance::close);
      throw e;
    }
  }

  /**
   * This model ended at another of its values, opened beside it when that is first asked for; both
   * share what they have of weights.
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
      ended = item.model().withOutputs(value);
    } catch (GraphException e) {
      throw new StatusException(400, String.valueOf(e.getMessage()));
    }
    views.values().removeIf(CompletableFuture::isCompletedExceptionally);
    if (views.size() >= MOST_VIEWS) {
      throw new StatusException(429, "model " + name + " is open at as many values as may be");
    }
    return views.computeIfAbsent(value, key -> CompletableFuture.supplyAsync(() -> beside(ended)));
  }

  private Served beside(Model ended) {
    List<Function<Model, Session>> openers = new ArrayList<>();
    sessions().forEach(session -> openers.add(session::openBeside));
    return new Served(name, ended, serving, told, openers);
  }

  /** Runs that try the model are not counted. */
  private void count(Batcher.Batch batch) {
    if (tried) {
      tally.add(batch);
      told.accept(batch);
    }
  }

  private @Nullable Classifier classifier() {
    try {
      return Classifier.of(item.model(), instances.get(0).session());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Prepares larger batches, the double each time, until it is closed. */
  void prepareBatches() {
    int size = 1;
    while (size < serving.largestBatch() && !underWay.isClosed()) {
      size = Math.min(2 * size, serving.largestBatch());
      for (Instance instance : instances) {
        prepare(instance, size);
      }
    }
  }

  private void prepare(Instance instance, int size) {
    try {
      instance.prepare(size);
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
    Instance instance =
        instances.stream().min(Comparator.comparingInt(Instance::waiting)).orElseThrow();
    CompletableFuture<List<Tensor>> answer = instance.run(inputs);
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
    return item.model();
  }

  /** What it takes and gives. */
  public Signature signature() {
    return signature;
  }

  /** Items of its largest batch; 0 where requests run one by one. */
  public int largestBatch() {
    return instances.get(0).isBatched() ? serving.largestBatch() : 0;
  }

  /** Its counts. */
  public Tally tally() {
    return tally;
  }

  /** Requests that wait for their batch. */
  public int waiting() {
    return instances.stream().mapToInt(Instance::waiting).sum();
  }

  /** The sessions, one a device. */
  public List<Session> sessions() {
    return instances.stream().map(Instance::session).toList();
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
    instances.forEach(Instance::close);
  }
}
