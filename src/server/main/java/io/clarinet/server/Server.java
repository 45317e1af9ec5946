package io.clarinet.server;

import io.clarinet.server.http.Answered;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpServer;
import io.clarinet.server.http.Router;
import io.clarinet.server.metric.Metrics;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Serving;
import io.clarinet.server.page.ModelList;
import io.clarinet.server.page.PageRoutes;
import io.clarinet.server.picture.ClassifyRoute;
import io.clarinet.server.picture.HeatmapRoute;
import io.clarinet.server.v2.ModelRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Models, served over HTTP. */
public final class Server implements AutoCloseable {
  private final Metrics metrics = new Metrics();
  private final Models models;
  private final Router router = new Router();
  private final HttpServer http;
  private final Endpoint.Behind behind;
  private final List<Endpoint.Listening> endpoints = new CopyOnWriteArrayList<>();
  private volatile boolean loaded;
  private volatile boolean draining;

  private Server(
      HttpOptions options, Supplier<Serving> serving, String version, Consumer<Answered> listener)
      throws IOException {
    this.models = new Models(serving, metrics::add);
    metrics.watch(models);
    metrics.addTo(router);
    new ModelRoutes(models, version, this::isReady).addTo(router);
    ClassifyRoute.addTo(router, models);
    HeatmapRoute.addTo(router, models);
    ModelList.addTo(router, models);
    PageRoutes.addTo(router);
    OpenApi.addTo(router);
    Consumer<Answered> all =
        answered -> {
          metrics.add(answered);
          listener.accept(answered);
        };
    this.behind = new Endpoint.Behind(models, version, this::isReady, all);
    this.http = HttpServer.start(options, router, all);
    metrics.watch(http);
  }

  /**
   * Listens; it is ready once its models are loaded.
   *
   * @param version of Clarinet, as it tells clients
   * @param listener told of every answer, on the server's threads
   * @throws IOException if it cannot listen there
   */
  public static Server start(
      HttpOptions options, Serving serving, String version, Consumer<Answered> listener)
      throws IOException {
    return new Server(options, () -> serving, version, listener);
  }

  /**
   * As {@link #start(HttpOptions, Serving, String, Consumer)}.
   *
   * @param serving asked when the first model is loaded: devices are found meanwhile
   */
  public static Server start(
      HttpOptions options, Supplier<Serving> serving, String version, Consumer<Answered> listener)
      throws IOException {
    return new Server(options, serving, version, listener);
  }

  /**
   * Loads models, and is ready when all are.
   *
   * @param sources by name
   * @throws io.clarinet.server.http.StatusException if one cannot be loaded
   */
  public void load(Map<String, ModelSource> sources) {
    sources.forEach(models::add);
    List<CompletableFuture<Void>> loads = new ArrayList<>();
    sources.keySet().forEach(name -> loads.add(models.load(name)));
    try {
      loads.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
    loaded = true;
  }

  /**
   * Answers by another protocol too, until it ends.
   *
   * @return the port
   * @throws IOException if it cannot listen there
   */
  public int add(Endpoint endpoint, HttpOptions options) throws IOException {
    Endpoint.Listening listening = endpoint.start(behind, options);
    endpoints.add(listening);
    return listening.port();
  }

  /** Whether it takes requests: its models are loaded, and it is not about to end. */
  public boolean isReady() {
    return loaded && !draining && models.isReady();
  }

  /** The models that it serves. */
  public Models models() {
    return models;
  }

  /** The paths that it answers. */
  public List<Router.Route> routes() {
    return router.routes();
  }

  /** The port that it listens on. */
  public int port() {
    return http.port();
  }

  /**
   * Answers what has come, and takes nothing more.
   *
   * @return whether all was answered in this time
   */
  public boolean drain(Duration most) {
    draining = true;
    long end = System.nanoTime() + most.toNanos();
    endpoints.forEach(Endpoint.Listening::stop);
    boolean all = http.drain(most);
    for (Endpoint.Listening endpoint : endpoints) {
      all &= endpoint.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return all;
  }

  /** Ends: connections, models, devices. */
  @Override
  public void close() {
    draining = true;
    endpoints.forEach(Endpoint.Listening::close);
    http.close();
    models.close();
    metrics.close();
  }
}
