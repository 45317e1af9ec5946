package io.clarinet.server.model;

import io.clarinet.Classifier;
import io.clarinet.HeatMap;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.classify.ClassifierException;
import io.clarinet.image.Picture;
import io.clarinet.report.Explanation;
import io.clarinet.report.Timeline;
import io.clarinet.server.http.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people want to see of a served model beside its answers: heat maps, and the times of its
 * layers. Made on a thread of its own, one after the other, so that answers need not wait for more
 * than a run. The session for heat maps is opened at the first of them, beside the one that
 * answers, whose weights it shares.
 */
public final class Insight implements AutoCloseable {
  private static final int MOST_WAITING = 8;
  private static final int ROUNDS = 5;

  private final ModelItem item;
  private final Session session;
  private final Duration deadline;
  private final ThreadPoolExecutor thread;
  private final @Nullable Model mapping;
  private volatile boolean closing;
  private @Nullable Session mapped;
  private @Nullable Classifier classifier;
  private @Nullable Layers layers;

  /**
   * A layer's work.
   *
   * @param name of its node
   * @param op operator
   * @param kernel that runs it
   * @param where {@code device} or {@code host}
   * @param output its shape and layout
   * @param milliseconds median of a few runs
   */
  public record LayerTime(
      String name, String op, String kernel, String where, String output, double milliseconds) {}

  /**
   * The layers of one item's run, in their order.
   *
   * @param milliseconds median of whole runs, copies included
   */
  public record Layers(String device, double milliseconds, List<LayerTime> layers) {}

  /**
   * @param session that answers, whose layers are timed
   * @param deadline from a request's coming to its answer
   */
  Insight(ModelItem item, Session session, Duration deadline) {
    this.item = item;
    this.session = session;
    this.deadline = deadline;
    this.mapping = mapping(item.model());
    this.thread =
        new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), Insight::thread);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "clarinet-insight");
    thread.setDaemon(true);
    return thread;
  }

  private static @Nullable Model mapping(Model model) {
    try {
      return model.withFeatures();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether the model has heat maps. */
  public boolean hasHeatMaps() {
    return mapping != null;
  }

  /**
   * Where in a picture a class is seen.
   *
   * @param picture read once it is its turn, so that only files wait
   * @param index of the class; null for the most probable
   * @param gone completes where nobody waits any longer
   * @return the map, or StatusException: 400 for a model without or a class that is none, 429, 503
   */
  public CompletableFuture<HeatMap> heatMap(
      Supplier<Picture> picture, @Nullable Integer index, CompletableFuture<Void> gone) {
    return later(
        gone,
        () -> {
          try {
            return index == null
                ? classifier().heatMap(picture.get())
                : classifier().heatMap(picture.get(), index);
          } catch (IndexOutOfBoundsException e) {
            throw new StatusException(400, "the model has no class " + index);
          } catch (ClassifierException e) {
            throw new StatusException(400, String.valueOf(e.getMessage()));
          }
        });
  }

  private Classifier classifier() {
    if (classifier == null) {
      // where there is none, this says why
      Model features = mapping == null ? item.model().withFeatures() : mapping;
      mapped = session.openBeside(features);
      classifier = Classifier.of(features, mapped);
    }
    return classifier;
  }

  /** The layers' times, measured at the first asking. */
  public CompletableFuture<Layers> layers(CompletableFuture<Void> gone) {
    return later(gone, this::layers);
  }

  private Layers layers() {
    if (layers == null) {
      try {
        layers = measured(session.explain(item.shapes()), session.trace(item.zeros(), ROUNDS));
      } catch (IllegalArgumentException e) {
        throw new StatusException(400, "its layers depend on the values of its inputs");
      }
    }
    return layers;
  }

  private static Layers measured(Explanation plan, List<Timeline> runs) {
    List<double[]> times = runs.stream().map(Timeline::stepSeconds).toList();
    List<LayerTime> layers = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      Explanation.StepInfo step = plan.steps().get(i);
      int at = i;
      double seconds = median(times.stream().mapToDouble(run -> run[at]).toArray());
      layers.add(
          new LayerTime(
              step.layer(), step.op(), step.kernel(), step.where(), step.output(), seconds * 1e3));
    }
    double whole = median(runs.stream().mapToDouble(Timeline::seconds).toArray());
    return new Layers(plan.device(), whole * 1e3, layers);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private <T> CompletableFuture<T> later(CompletableFuture<Void> gone, Supplier<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      Future<?> submitted = thread.submit(() -> complete(answer, work));
      var unused =
          gone.thenRun(
              () -> {
                submitted.cancel(false);
                answer.completeExceptionally(new StatusException(499, "the client has gone"));
              });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          closing
              ? unavailable()
              : StatusException.tryAgain(429, "too many requests wait for this model"));
    }
    return answer
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            failure -> {
              throw failure instanceof TimeoutException
                  ? StatusException.tryAgain(503, "no answer within the deadline")
                  : new CompletionException(failure);
            });
  }

  @SuppressWarnings("CatchingUnchecked")
  private <T> void complete(CompletableFuture<T> answer, Supplier<T> work) {
    if (answer.isDone()) {
      return;
    }
    try {
      if (closing) {
        throw unavailable();
      }
      answer.complete(work.get());
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  private static StatusException unavailable() {
    return StatusException.tryAgain(503, "the model is being unloaded");
  }

  /** Makes nothing more, and waits for what is being made. */
  @Override
  public void close() {
    closing = true;
    thread.shutdown();
    boolean ended = false;
    boolean interrupted = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    closeMapped();
  }

  private void closeMapped() {
    if (mapped != null) {
      mapped.close();
    }
  }
}
