package io.clarinet.cli.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a server did under one load; times in milliseconds.
 *
 * @param clients connections, each with a request under way at most
 * @param rate requests a second that were due, or 0 where each client sends when it has its answer
 * @param throughput answers a second
 * @param answers all of them, those before the measured time too
 * @param wrong answers that are not what they must be
 * @param refused answers 429 and 503
 * @param lost requests without an answer
 * @param medianBatch items of the server's median batch, 0 if it has none
 */
public record LoadResult(
    int clients,
    double rate,
    double throughput,
    double p50,
    double p90,
    double p99,
    double max,
    long answers,
    long wrong,
    long refused,
    long lost,
    int medianBatch) {

  /** By the names of {@code --json}. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clients", clients);
    if (rate > 0) {
      json.put("rate", rate);
    }
    json.put("requests_per_second", throughput);
    json.put("p50_ms", p50);
    json.put("p90_ms", p90);
    json.put("p99_ms", p99);
    json.put("max_ms", max);
    json.put("answers", answers);
    json.put("wrong", wrong);
    json.put("refused", refused);
    json.put("lost", lost);
    json.put("median_batch", medianBatch);
    return json;
  }

  /** Whether every request had the answer that it must have. */
  public boolean isClean() {
    return wrong == 0 && lost == 0;
  }

  /** The load in words. */
  public String load() {
    String number = clients == 1 ? "1 client" : clients + " clients";
    return rate > 0 ? String.format(Locale.ROOT, "%s, %.0f/s due", number, rate) : number;
  }
}
