package io.clarinet.server.model;

import io.clarinet.Batcher;
import io.clarinet.Model;
import io.clarinet.server.http.StatusException;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a server, by name. Loading, replacing and unloading happen one after the other, in
 * the background, while what is loaded answers: a model that is replaced answers until the new one
 * is ready, and one whose new file is broken stays.
 */
public final class Models implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Models.class);

  private final Supplier<Serving> serving;
  private final BiConsumer<String, Batcher.Batch> told;
  private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();
  private final ExecutorService loading = Executors.newSingleThreadExecutor(Models::thread);
  private final ExecutorService preparing = Executors.newSingleThreadExecutor(Models::thread);
  private volatile boolean closed;

  /** Where a model is between its file and its readiness. */
  public enum State {
    /** It is read and opened. */
    LOADING,
    /** It answers. */
    READY,
    /** It does not, and is not on its way. */
    UNAVAILABLE
  }

  /**
   * A model's name and state.
   *
   * @param reason why it is not ready, in words for clients; empty if it is
   */
  public record Status(String name, State state, String reason) {}

  /** A name, and what stands behind it. */
  private static final class Entry {
    private volatile ModelSource source;
    private volatile @Nullable Served served;
    private volatile State state = State.UNAVAILABLE;
    private volatile String reason = "not loaded";

    Entry(ModelSource source) {
      this.source = source;
    }
  }

  /**
   * @param serving always the same; asked when a model is loaded
   * @param told of each batch, with its model's name
   */
  public Models(Supplier<Serving> serving, BiConsumer<String, Batcher.Batch> told) {
    this.serving = serving;
    this.told = told;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "clarinet-models");
    thread.setDaemon(true);
    return thread;
  }

  /** Makes a name known; a known one gets another source, which the next load asks. */
  public void add(String name, ModelSource source) {
    entries.computeIfAbsent(name, key -> new Entry(source)).source = source;
  }

  /**
   * Loads a model, or replaces it.
   *
   * @return done when it is ready, or StatusException 400 if it cannot be loaded, and what was
   *     loaded stays
   * @throws StatusException 404 if nothing is known of the name
   */
  public CompletableFuture<Void> load(String name) {
    Entry entry = entry(name);
    entry.state = entry.served == null ? State.LOADING : State.READY;
    return run(() -> load(name, entry));
  }

  /** Unloads a model after the answers under way; its name stays known. */
  public CompletableFuture<Void> unload(String name) {
    Entry entry = entry(name);
    return run(() -> drop(entry, "unloaded"));
  }

  /** Unloads a model, and forgets its name. */
  public CompletableFuture<Void> remove(String name) {
    Entry entry = entries.remove(name);
    return entry == null
        ? CompletableFuture.completedFuture(null)
        : run(() -> drop(entry, "removed"));
  }

  private CompletableFuture<Void> run(Runnable work) {
    try {
      return CompletableFuture.runAsync(work, loading);
    } catch (RejectedExecutionException e) {
      throw StatusException.tryAgain(503, "the server ends");
    }
  }

  private void load(String name, Entry entry) {
    Served before = entry.served;
    entry.state = before == null ? State.LOADING : State.READY;
    entry.reason = "";
    try {
      Model read = entry.source.load();
      Served now = new Served(name, read, serving.get(), batch -> told.accept(name, batch));
      entry.served = now;
      entry.state = State.READY;
      preparing.execute(now::prepareBatches);
      LOG.info("{} is ready on {}", name, devices(now));
    } catch (IOException | RuntimeException | Error e) {
      entry.state = before == null ? State.UNAVAILABLE : State.READY;
      entry.reason = before == null ? "it cannot be loaded" : "";
      LOG.warn("{} cannot be loaded: {}", name, e.getMessage(), e);
      throw new StatusException(
          400, "model " + name + " cannot be loaded; the server's log tells why");
    }
    if (before != null) {
      before.close();
    }
  }

  private static List<String> devices(Served served) {
    return served.sessions().stream().map(session -> session.device().toString()).toList();
  }

  private static void drop(Entry entry, String reason) {
    Served served = entry.served;
    entry.served = null;
    entry.state = State.UNAVAILABLE;
    entry.reason = reason;
    if (served != null) {
      served.close();
    }
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new StatusException(404, "there is no model of this name");
    }
    return entry;
  }

  /**
   * A model that answers.
   *
   * @throws StatusException 404 if nothing is known of the name, 503 if it is not ready
   */
  public Served get(String name) {
    Entry entry = entry(name);
    Served served = entry.served;
    if (served == null) {
      throw StatusException.tryAgain(503, "model " + name + " is not ready");
    }
    return served;
  }

  /**
   * Runs a request, by the model that has replaced it where that happens meanwhile.
   *
   * @param patience of the client, which may be shorter than the deadline
   * @return as {@link Served#infer(List, CompletableFuture, Duration)}
   */
  public CompletableFuture<List<Tensor>> infer(
      String name, List<Tensor> inputs, CompletableFuture<Void> gone, Duration patience) {
    Served served = get(name);
    CompletableFuture<List<Tensor>> answer = served.infer(inputs, gone, patience);
    boolean replaced = served.isClosed() && entry(name).served != served;
    return replaced && answer.isCompletedExceptionally()
        ? infer(name, inputs, gone, patience)
        : answer;
  }

  /** As {@link #infer(String, List, CompletableFuture, Duration)}, for a patient client. */
  public CompletableFuture<List<Tensor>> infer(
      String name, List<Tensor> inputs, CompletableFuture<Void> gone) {
    return infer(name, inputs, gone, serving.get().deadline());
  }

  /** The names that are known, and their states. */
  public List<Status> index() {
    return entries.entrySet().stream()
        .map(e -> new Status(e.getKey(), e.getValue().state, e.getValue().reason))
        .toList();
  }

  /** The models that answer, by name. */
  public Map<String, Served> ready() {
    Map<String, Served> ready = new TreeMap<>();
    entries.forEach(
        (name, entry) -> {
          Served served = entry.served;
          if (served != null) {
            ready.put(name, served);
          }
        });
    return ready;
  }

  /** Whether every model that is to be loaded is. */
  public boolean isReady() {
    return !closed && entries.values().stream().noneMatch(e -> e.state == State.LOADING);
  }

  /** Takes no more requests, and closes all models after the answers under way. */
  @Override
  public void close() {
    closed = true;
    loading.shutdown();
    preparing.shutdownNow();
    ready().values().forEach(Served::close);
  }
}
