package io.clarinet.cli;

import io.clarinet.report.Explanation;
import io.clarinet.report.Floor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a benchmark of one model and batch size; times in milliseconds.
 *
 * @param half whether dense weights were stored in half precision
 * @param fastest of the runs, which predictions are compared with
 * @param low lower end of a 95 % bootstrap interval of the median
 * @param floor the time that no implementation on the device beats at its present speed
 * @param share of its present speed that a run reached: the median of the paired shares
 * @param present the device's speed beside the rounds
 * @param calibrated the floor at the speed that planning goes by, which may be of another day
 * @param peer the other engine in the same rounds, or null
 */
record BenchResult(
    String model,
    int batch,
    String device,
    boolean half,
    int rounds,
    double fastest,
    double median,
    double low,
    double high,
    double floor,
    double share,
    PresentSpeed present,
    double calibrated,
    @Nullable Peer peer) {

  /** The other engine. */
  record Peer(
      String name,
      double median,
      double low,
      double high,
      double maxRelativeError,
      Comparison comparison) {

    static Peer of(double[] seconds, Rounds timed) {
      double[] medians = Comparison.bootstrapMedians(seconds);
      return new Peer(
          OnnxRuntimePeer.version(),
          Comparison.median(seconds) * 1e3,
          Comparison.percentile(medians, 2.5) * 1e3,
          Comparison.percentile(medians, 97.5) * 1e3,
          timed.maxRelativeError(),
          Comparison.of(timed.ours(), seconds));
    }
  }

  static BenchResult of(int batch, boolean half, Explanation plan, Rounds timed) {
    double[] medians = Comparison.bootstrapMedians(timed.ours());
    double[] others = timed.peers();
    PresentSpeed present = PresentSpeed.of(timed.speeds());
    return new BenchResult(
        plan.model(),
        batch,
        plan.device().toString(),
        half,
        timed.ours().length,
        Arrays.stream(timed.ours()).min().orElseThrow() * 1e3,
        Comparison.median(timed.ours()) * 1e3,
        Comparison.percentile(medians, 2.5) * 1e3,
        Comparison.percentile(medians, 97.5) * 1e3,
        plan.floor().seconds(present.median()) * 1e3,
        share(plan.floor(), timed),
        present,
        plan.floorSeconds() * 1e3,
        others == null ? null : Peer.of(others, timed));
  }

  private static double share(Floor floor, Rounds timed) {
    double[] shares = new double[timed.ours().length];
    Arrays.setAll(shares, i -> floor.seconds(timed.speeds().get(i)) / timed.ours()[i]);
    return Comparison.median(shares);
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
    json.put("fastest_ms", fastest);
    json.put("median_ms", median);
    json.put("median_low_ms", low);
    json.put("median_high_ms", high);
    json.put("images_per_second", imagesPerSecond());
    json.put("floor_ms", floor);
    json.put("share", share);
    json.put("present_speed", present.toJson());
    json.put("calibrated_floor_ms", calibrated);
    json.put("weights", half ? "fp16" : "fp32");
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
            "%s batch %d on %s%s: %.2f ms [%.2f, %.2f], %.1f images/s;"
                + " physical floor %.2f ms at %s, of which it reached %.0f %%",
            model,
            batch,
            device,
            half ? ", dense weights fp16" : "",
            median,
            low,
            high,
            imagesPerSecond(),
            floor,
            present,
            100 * share);
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
