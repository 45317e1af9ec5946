package io.clarinet.server.metric;

import io.clarinet.Batcher;
import io.clarinet.Events;
import io.clarinet.event.Fallback;
import io.clarinet.event.Listener;
import io.clarinet.event.StrikeOff;
import io.clarinet.server.http.Answered;
import io.clarinet.server.http.Handler;
import io.clarinet.server.http.HttpServer;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.Router;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.ToDoubleFunction;

/** What a server tells Prometheus at {@code /metrics}, Triton's names besides ours. */
public final class Metrics implements AutoCloseable {
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128};
  private static final double MICROS = 1e-3;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("clarinet_requests_total")
          .help("Requests by path, method and status.")
          .labelNames("method", "route", "status")
          .register(registry);
  private final Histogram latency =
      Histogram.builder()
          .name("clarinet_request_seconds")
          .help("From a request's end to its answer.")
          .labelNames("route")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Histogram batches =
      Histogram.builder()
          .name("clarinet_batch_items")
          .help("Items of the batches that ran.")
          .labelNames("model")
          .classicOnly()
          .classicUpperBounds(SIZES)
          .register(registry);
  private final Histogram device =
      Histogram.builder()
          .name("clarinet_batch_seconds")
          .help("Time of a batch on its device, copies included.")
          .labelNames("model")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Counter fallbacks =
      Counter.builder()
          .name("clarinet_fallbacks_total")
          .help("Sessions that went on with another device.")
          .register(registry);
  private final Counter strikeOffs =
      Counter.builder()
          .name("clarinet_kernels_struck_off_total")
          .help("Kernels that are not used because they did not build, or were not right.")
          .register(registry);
  private final Events.Registration events =
      Events.listen(
          new Listener() {
            @Override
            public void fellBack(Fallback fallback) {
              fallbacks.inc();
            }

            @Override
            public void struckOff(StrikeOff strikeOff) {
              strikeOffs.inc();
            }
          });

  /** Counts an answer. */
  public void add(Answered answered) {
    String route = answered.route().isEmpty() ? "none" : answered.route();
    requests.labelValues(method(answered), route, Integer.toString(answered.status())).inc();
    latency.labelValues(route).observe(answered.nanos() / 1e9);
  }

  /** Methods that nobody knows are one. */
  private static String method(Answered answered) {
    return answered.route().isEmpty() ? "any" : answered.method();
  }

  /** Counts a batch. */
  public void add(String model, Batcher.Batch batch) {
    batches.labelValues(model).observe(batch.items());
    device.labelValues(model).observe(batch.took().toNanos() / 1e9);
  }

  /**
   * Tells what there is of the models, each time it is asked. Triton's counts are told as gauges:
   * the client would end a counter's name otherwise than Triton does.
   */
  public void watch(Models models) {
    gauge("clarinet_queue_requests", "Requests that wait.", models, Served::waiting);
    gauge(
        "clarinet_device_bytes",
        "Memory on devices, of all sessions.",
        models,
        Metrics::deviceBytes);
    gauge(
        "nv_inference_request_success",
        "Requests that were answered.",
        models,
        served -> served.tally().counts().success().count());
    gauge(
        "nv_inference_request_failure",
        "Requests that failed.",
        models,
        served -> served.tally().counts().failure().count());
    gauge(
        "nv_inference_count", "Items that ran.", models, served -> served.tally().counts().items());
    gauge(
        "nv_inference_exec_count",
        "Batches that ran.",
        models,
        served -> served.tally().counts().executions());
    gauge(
        "nv_inference_request_duration_us",
        "Microseconds of requests.",
        models,
        served -> served.tally().counts().success().nanos() * MICROS);
    gauge(
        "nv_inference_queue_duration_us",
        "Microseconds in the queue.",
        models,
        served -> served.tally().counts().queue().nanos() * MICROS);
    gauge(
        "nv_inference_compute_infer_duration_us",
        "Microseconds on devices.",
        models,
        served -> served.tally().counts().compute().nanos() * MICROS);
    gauge(
        "clarinet_batch_items_median",
        "Half of all batches have at most these.",
        models,
        served -> served.tally().counts().medianBatch());
  }

  /** Tells of the connections and the JVM's memory. */
  public void watch(HttpServer http) {
    GaugeWithCallback.builder()
        .name("clarinet_connections")
        .help("Connections that are open.")
        .callback(told -> told.call(http.connections()))
        .register(registry);
    Runtime jvm = Runtime.getRuntime();
    GaugeWithCallback.builder()
        .name("clarinet_heap_bytes")
        .help("Memory that the JVM's heap takes, garbage included.")
        .callback(told -> told.call(jvm.totalMemory() - jvm.freeMemory()))
        .register(registry);
  }

  private static double deviceBytes(Served served) {
    return served.sessions().stream().mapToLong(s -> s.memory().deviceBytes()).sum();
  }

  private void gauge(String name, String help, Models models, ToDoubleFunction<Served> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("model", "version")
        .callback(
            told ->
                models
                    .ready()
                    .forEach((model, served) -> told.call(value.applyAsDouble(served), model, "1")))
        .register(registry);
  }

  /** Adds the path. */
  public void addTo(Router router) {
    router.add("GET", "/metrics", Handler.now(request -> page()));
  }

  private Response page() {
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Response.bytes(writer.getContentType(), bytes.toByteArray());
  }

  @Override
  public void close() {
    events.close();
  }
}
