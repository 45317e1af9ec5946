package io.clarinet;

import io.clarinet.engine.BatchPace;
import io.clarinet.engine.BatchQueue;
import io.clarinet.engine.BatchQueue.Request;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.kernel.Uninterrupted;
import io.clarinet.pass.BatchItems;
import io.clarinet.tensor.BatchAxis;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Joins the requests of many callers into batches, which take less time than the items one after
 * the other. Requests go in the order of their coming; a batch is those at the front that are alike
 * but for their number of items. A batch's size is filled up to a power of two, or the largest, so
 * that few plans are made; {@link Session#prepare} makes them ahead. Where as many as fill a
 * smaller size took less time each, the others wait for the next.
 *
 * <p>Each caller gets the answers to its own items, whoever shares the batch: only models whose
 * items stay apart are taken. (The last bits may depend on the batch's size, for which other
 * kernels may be chosen.) Where a batch fails, each of its requests runs alone. Safe to share
 * between threads.
 */
public final class Batcher implements AutoCloseable {
  private static final int REMEMBERED = 1000;

  /**
   * A batch that has run.
   *
   * @param requests that shared it
   * @param items of these
   * @param size items with which it was filled up
   * @param waited from the coming of its first request to its start
   * @param took from its start to its answers, or failure
   */
  public record Batch(int requests, int items, int size, Duration waited, Duration took) {}

  private final Session session;
  private final int largest;
  private final BatchPace pace = new BatchPace();
  private final BatchQueue queue;
  private final Thread thread;
  private final Consumer<Batch> listener;

  /** Joined inputs by their number of items: of the batch under way, then of the next. */
  private final Map<Integer, List<Tensor>> rooms = new HashMap<>();

  private final NavigableSet<Integer> prepared = new ConcurrentSkipListSet<>();
  private final Set<List<Shape>> apart = ConcurrentHashMap.newKeySet();

  /**
   * @param session of a model that leaves its batch size open; it stays the caller's to close
   * @param largest items of a batch
   * @param longestWait of a request for others to share its batch; none once as many wait as waited
   *     for the batches before, so that a caller who is alone does not wait, and no longer than
   *     sharing it saves by what batches took
   * @throws IllegalArgumentException if the model has no input or fixes its batch size
   */
  public Batcher(Session session, int largest, Duration longestWait) {
    this(session, largest, longestWait, batch -> {});
  }

  /**
   * As {@link #Batcher(Session, int, Duration)}.
   *
   * @param listener told of each batch on the thread that runs them, which it must not keep waiting
   */
  public Batcher(Session session, int largest, Duration longestWait, Consumer<Batch> listener) {
    if (largest < 1 || longestWait.isNegative()) {
      throw new IllegalArgumentException(
          "a batch has at least 1 item and a wait is not negative; got %d and %s"
              .formatted(largest, longestWait));
    }
    requireOpen(session);
    this.session = session;
    this.largest = largest;
    this.listener = listener;
    this.queue = new BatchQueue(largest, longestWait, session.mostWaiting(), pace);
    this.thread = new Thread(null, this::work, "clarinet-batches", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Batcher.class.getClassLoader());
    thread.start();
  }

  private static void requireOpen(Session session) {
    if (session.inputs().isEmpty()) {
      throw new IllegalArgumentException(session.graph().name() + " has no input");
    }
    for (Input input : session.inputs()) {
      if (input.dims().isEmpty() || input.dims().get(0) != Input.UNKNOWN) {
        throw new IllegalArgumentException(
            "%s fixes its batch size: input %s; Model.withAnyBatch opens it"
                .formatted(session.graph().name(), input));
      }
    }
  }

  /** As {@link #run(List)}, for a model of one input, giving its first output. */
  public CompletableFuture<Tensor> run(Tensor input) {
    CompletableFuture<List<Tensor>> all = run(List.of(input));
    CompletableFuture<Tensor> first = all.thenApply(outputs -> outputs.get(0));
    var unused = first.whenComplete((output, failure) -> all.cancel(false));
    return first;
  }

  /**
   * Runs some items in a batch with those of others.
   *
   * @param inputs in declared order, of 1 to the largest number of items, the same in each; they
   *     must not change until the future is done
   * @return the outputs for these items in declared order, views of the batch's; or the failure, as
   *     {@link Session#runAsync(List)}. Cancelling it takes the request out while it waits
   */
  public CompletableFuture<List<Tensor>> run(List<Tensor> inputs) {
    CompletableFuture<List<Tensor>> answer = new CompletableFuture<>();
    try {
      queue.add(new Request(inputs, items(inputs), System.nanoTime(), answer));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  /**
   * Plans for batches of one size, as {@link Session#prepare} does, while others run. From the
   * first call on batches have sizes that were prepared, so that no request waits for a plan; only
   * one of more items than these still does.
   *
   * @param size items, at most the largest number
   * @param item shapes of the inputs in declared order; their first extents do not matter
   */
  public void prepare(int size, Shape... item) {
    if (size < 1 || size > largest) {
      throw new IllegalArgumentException(
          "a batch has 1 to %d items, not %d".formatted(largest, size));
    }
    session.prepare(Stream.of(item).map(shape -> shape.with(0, size)).toArray(Shape[]::new));
    prepared.add(size);
    queue.limit(prepared.last());
  }

  /** Requests that wait for their batch. */
  public int waiting() {
    return queue.waiting();
  }

  /** The size to which so many items are filled up. */
  private int size(int items) {
    Integer ready = prepared.ceiling(items);
    return ready == null ? Math.min(largest, Integer.highestOneBit(2 * items - 1)) : ready;
  }

  private int items(List<Tensor> inputs) {
    session.check(inputs);
    int items = inputs.get(0).shape().n();
    for (Tensor input : inputs) {
      if (input.shape().n() != items || items < 1 || items > largest) {
        throw new IllegalArgumentException(
            "a request has 1 to %d items, the same in each input; got %s"
                .formatted(largest, inputs));
      }
    }
    requireApart(inputs);
    return items;
  }

  /** Checked once for each shape of an item. */
  private void requireApart(List<Tensor> inputs) {
    int several = Math.max(2, largest);
    List<Shape> shapes = inputs.stream().map(input -> input.shape().with(0, several)).toList();
    if (apart.contains(shapes)) {
      return;
    }
    Map<String, Shape> named = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      named.put(session.inputs().get(i).name(), shapes.get(i));
    }
    Graph graph = session.graph().specialised(named);
    if (!BatchItems.areIndependent(graph, several)) {
      throw new IllegalArgumentException(
          graph.name() + " cannot share batches: its items are not known to stay apart");
    }
    if (apart.size() < REMEMBERED) {
      apart.add(shapes);
    }
  }

  private void work() {
    try {
      for (List<Request> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        answer(batch);
      }
    } catch (InterruptedException e) {
      queue.close();
    }
  }

  private void answer(List<Request> batch) {
    try {
      runTogether(batch);
    } catch (RuntimeException | Error e) {
      if (batch.size() > 1) {
        batch.forEach(request -> answer(List.of(request)));
      } else {
        batch.get(0).answer().completeExceptionally(e);
      }
    }
  }

  private void runTogether(List<Request> batch) {
    int items = batch.stream().mapToInt(Request::items).sum();
    int size = size(items);
    long begun = System.nanoTime();
    List<Tensor> outputs;
    try {
      outputs = session.run(joined(batch, size));
      pace.ran(size, System.nanoTime() - begun);
    } finally {
      long end = System.nanoTime();
      Duration waited = Duration.ofNanos(begun - batch.get(0).since());
      listener.accept(new Batch(batch.size(), items, size, waited, Duration.ofNanos(end - begun)));
    }
    complete(batch, outputs);
  }

  private List<Tensor> joined(List<Request> batch, int size) {
    Request first = batch.get(0);
    if (batch.size() == 1 && first.items() == size) {
      return first.inputs();
    }
    List<Shape> shapes = first.inputs().stream().map(t -> t.shape().with(0, size)).toList();
    List<Tensor> room = rooms.get(size);
    if (room == null || !room.stream().map(Tensor::shape).toList().equals(shapes)) {
      room =
          first.inputs().stream()
              .map(t -> Tensor.zeros(t.type(), t.shape().with(0, size)))
              .toList();
      rooms.put(size, room);
    }
    for (int i = 0; i < room.size(); i++) {
      int input = i;
      BatchAxis.fill(room.get(i), batch.stream().map(r -> r.inputs().get(input)).toList());
    }
    return room;
  }

  private static void complete(List<Request> batch, List<Tensor> outputs) {
    int from = 0;
    for (Request request : batch) {
      List<Tensor> own = new ArrayList<>();
      for (Tensor output : outputs) {
        own.add(BatchAxis.part(output, from, request.items()));
      }
      request.answer().complete(own);
      from += request.items();
    }
  }

  /**
   * Fails the requests that wait, and waits for the batch under way. Closing twice does nothing.
   */
  @Override
  public void close() {
    queue.close();
    if (thread != Thread.currentThread()) {
      Uninterrupted.await(thread::join);
    }
  }
}
