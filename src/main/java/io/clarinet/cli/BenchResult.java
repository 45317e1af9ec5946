package io.clarinet.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark of one model and batch size found; times in milliseconds.
 *
 * @param low lower end of a 95 % bootstrap interval of the median
 * @param peer the other engine in the same rounds, or null
 */
record BenchResult(
    String model,
    int batch,
    String device,
    int rounds,
    double median,
    double low,
    double high,
    @Nullable Peer peer) {

  /** The other engine. */
  record Peer(String name, double median, double maxRelativeError, Comparison comparison) {}

  static BenchResult of(String model, int batch, String device, Rounds timed) {
    double[] medians = Comparison.bootstrapMedians(timed.ours());
    double[] others = timed.peers();
    Peer peer =
        others == null
            ? null
            : new Peer(
                OnnxRuntimePeer.version(),
                Comparison.median(others) * 1e3,
                timed.maxRelativeError(),
                Comparison.of(timed.ours(), others));
    return new BenchResult(
        model,
        batch,
        device,
        timed.ours().length,
        Comparison.median(timed.ours()) * 1e3,
        Comparison.percentile(medians, 2.5) * 1e3,
        Comparison.percentile(medians, 97.5) * 1e3,
        peer);
  }

  double imagesPerSecond() {
    return batch * 1e3 / median;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("batch", batch);
    json.put("device", device);
    json.put("rounds", rounds);
    json.put("median_ms", median);
    json.put("median_low_ms", low);
    json.put("median_high_ms", high);
    json.put("images_per_second", imagesPerSecond());
    if (peer != null) {
      json.put("max_relative_error", peer.maxRelativeError());
      json.put("peer", Map.of("name", peer.name(), "median_ms", peer.median()));
      json.put("ratio", peer.comparison().ratio());
      json.put("ratio_low", peer.comparison().low());
      json.put("ratio_high", peer.comparison().high());
    }
    return json;
  }

  /** One line for people, two with a peer. */
  @Override
  public String toString() {
    String own =
        String.format(
            Locale.ROOT,
            "%s batch %d on %s: %.2f ms [%.2f, %.2f], %.1f images/s",
            model,
            batch,
            device,
            median,
            low,
            high,
            imagesPerSecond());
    return peer == null
        ? own
        : own
            + String.format(
                Locale.ROOT,
                "%n  %s: %.2f ms; ratio %.3f [%.3f, %.3f]; largest relative error %.1e",
                peer.name(),
                peer.median(),
                peer.comparison().ratio(),
                peer.comparison().low(),
                peer.comparison().high(),
                peer.maxRelativeError());
  }
}
