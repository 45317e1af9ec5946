package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.cli.load.Address;
import io.clarinet.cli.load.AnswerCheck;
import io.clarinet.cli.load.Load;
import io.clarinet.cli.load.LoadResult;
import io.clarinet.cli.load.LoadStep;
import io.clarinet.cli.load.ServedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code bench --url}: a server's latency and throughput, load by load. */
final class LoadBench {
  private static final int WARM_UP = 5;

  private final LoadOptions options;
  private final Console console;
  private final boolean json;
  private final List<LoadResult> results = new ArrayList<>();

  LoadBench(LoadOptions options, Console console, boolean json) {
    this.options = options;
    this.console = console;
    this.json = json;
  }

  /** Asks the server for its model. */
  ServedModel model(String url, String name, int items) throws IOException {
    return ServedModel.of(Address.of(url, System.getenv("CLARINET_TOKEN")), name, items);
  }

  /** Runs all steps; the check is made on this session, where there is one. */
  List<LoadResult> run(ServedModel model, @Nullable Session session) throws IOException {
    Load load = load(model, session);
    Table table = json ? null : table();
    for (LoadStep step : steps()) {
      LoadResult result = load.run(step);
      results.add(result);
      if (table != null) {
        row(table, result);
      }
    }
    if (table != null) {
      table.print(console.text(), console.terminal());
    }
    return results;
  }

  private Load load(ServedModel model, @Nullable Session session) throws IOException {
    if (options.images.isEmpty()) {
      AnswerCheck check = session == null ? null : new AnswerCheck(session);
      return Load.ofTensors(model, check, options.malformed);
    }
    List<byte[]> files = new ArrayList<>();
    for (Path image : options.images) {
      files.add(Files.readAllBytes(image));
    }
    return Load.ofPictures(model, files);
  }

  /** The model that answers are compared with. */
  static Model checked(Model model) {
    return AnswerCheck.opened(model);
  }

  private List<LoadStep> steps() {
    List<LoadStep> steps = new ArrayList<>();
    Duration measured = Duration.ofSeconds(options.seconds);
    Duration warmUp = options.requests > 0 ? Duration.ZERO : measured.dividedBy(WARM_UP);
    for (int clients : options.clients.isEmpty() ? List.of(1, 8, 32) : options.clients) {
      for (double rate : options.rates.isEmpty() ? List.of(0.0) : options.rates) {
        steps.add(new LoadStep(clients, rate, warmUp, measured, options.requests));
      }
    }
    return steps;
  }

  private static Table table() {
    return new Table(
        Table.Column.texts("load"),
        Table.Column.numbers("requests/s"),
        Table.Column.numbers("p50 ms"),
        Table.Column.numbers("p90 ms").goes(2),
        Table.Column.numbers("p99 ms"),
        Table.Column.numbers("max ms").goes(1),
        Table.Column.numbers("batch").goes(3));
  }

  private static void row(Table table, LoadResult r) {
    table.row(
        r.load(),
        String.format(Locale.ROOT, "%.1f", r.throughput()),
        milliseconds(r.p50()),
        milliseconds(r.p90()),
        milliseconds(r.p99()),
        milliseconds(r.max()),
        r.medianBatch() == 0 ? "" : Integer.toString(r.medianBatch()));
    if (!r.isClean() || r.refused() > 0) {
      table.note(
          "%d answers: %d wrong, %d refused; %d requests lost"
              .formatted(r.answers(), r.wrong(), r.refused(), r.lost()));
    }
  }

  static String milliseconds(double time) {
    return String.format(Locale.ROOT, time < 10 ? "%.2f" : "%.1f", time);
  }

  static Map<String, Object> toJson(ServedModel model, List<LoadResult> results) {
    return Map.of(
        "url", model.address().url().toString(),
        "model", model.name(),
        "results", results.stream().map(LoadResult::toJson).toList());
  }
}
