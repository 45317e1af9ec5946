package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.cli.load.LoadResult;
import io.clarinet.cli.load.ServedModel;
import io.clarinet.file.TemporaryFolder;
import io.clarinet.hub.HubReference;
import io.clarinet.report.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: how fast, alone or side by side with ONNX Runtime in one process. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measures latency and throughput.",
    description =
        "%nWith a peer both run side by side, in random order in one process, and the "
            + "ratio has a 95 %% interval.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet bench --model resnet50 --batch 1,8",
      "  clarinet bench --model a.onnx --peer onnxruntime --report a.html",
      "  clarinet bench --url http://127.0.0.1:8000 --clients 1,8,32 --report load.html"
    })
final class BenchCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Words.Models.class,
      description = "model files or zoo names (default: resnet50)")
  List<String> models = new ArrayList<>();

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      converter = Count.class,
      description = "batch sizes (default: 1)")
  List<Integer> batches = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "P",
      completionCandidates = Words.Peers.class,
      description = "another engine to compare with: onnxruntime")
  @Nullable String peer;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      converter = Count.class,
      description = "timed runs (default: 30)")
  int rounds = 30;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "write plot, table, machine facts and command as one page")
  @Nullable Path report;

  private final MachineFacts machine = new MachineFacts();

  @Mixin LoadOptions load = new LoadOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (peer != null && !peer.equals("onnxruntime")) {
      throw usage("The only peer is onnxruntime, not '" + peer + "'.");
    }
    if (peer != null && !hasPeer()) {
      throw new IllegalStateException(
          "ONNX Runtime is not on the class path; run this through the launcher, which fetches it");
    }
    Path folder = report == null ? null : report.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw usage("There is no folder " + folder + " for the report.");
    }
    if (load.url != null) {
      return benchServer(load.url);
    }
    List<BenchResult> results = new ArrayList<>();
    for (String model : models.isEmpty() ? List.of("resnet50") : Wildcards.expand(models)) {
      results.addAll(bench(model));
    }
    if (report != null) {
      new BenchReport(results, machine, command()).write(report);
    }
    if (common.json) {
      console.json(Map.of("results", results.stream().map(BenchResult::toJson).toList()));
    } else {
      results.forEach(console.text()::println);
    }
    return 0;
  }

  /** Fails where an answer was wrong, or none came. */
  private int benchServer(String url) throws IOException {
    if (peer != null || models.size() > 1 || batches.size() > 1) {
      throw usage("With --url there is one model of one batch size, and no peer.");
    }
    LoadBench bench = new LoadBench(load, console, common.json);
    int items = batches.isEmpty() ? 1 : batches.get(0);
    ServedModel served = bench.model(url, models.isEmpty() ? "" : models.get(0), items);
    List<LoadResult> results = checked(bench, served);
    if (report != null) {
      new LoadReport(served, results, machine, command()).write(report);
    }
    if (common.json) {
      console.json(LoadBench.toJson(served, results));
    }
    return results.stream().allMatch(LoadResult::isClean) ? 0 : 1;
  }

  private List<LoadResult> checked(LoadBench bench, ServedModel served) throws IOException {
    if (load.check == null) {
      return bench.run(served, null);
    }
    boolean bundled = load.check.equals(LoadOptions.BUNDLED);
    Model model =
        LoadBench.checked(bundled ? Model.bundled() : modelOptions.load(load.check, console));
    try (Session session = model.open(common.device(), precision.session())) {
      return bench.run(served, session);
    }
  }

  /** Asked here, since {@link OnnxRuntimePeer} itself cannot be loaded without its library. */
  private static boolean hasPeer() {
    try {
      Class.forName("ai.onnxruntime.OrtEnvironment", false, BenchCommand.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The command line as it was typed, for a shell. */
  private String command() {
    CommandLine.ParseResult parsed =
        Objects.requireNonNull(spec).root().commandLine().getParseResult();
    return "./clarinet "
        + parsed.originalArgs().stream()
            .map(a -> a.matches("[\\w@%+=:,./-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private List<BenchResult> bench(String name) throws IOException {
    Model model = modelOptions.loadSized(name, console);
    Map<Boolean, List<Integer>> accepted =
        (batches.isEmpty() ? List.of(1) : batches)
            .stream().collect(Collectors.partitioningBy(b -> ModelOptions.accepts(model, b)));
    List<BenchResult> results = new ArrayList<>();
    List<Integer> asIs = accepted.getOrDefault(true, List.of());
    if (!asIs.isEmpty()) {
      results.addAll(
          peer != null && name.endsWith(".onnx") && !HubReference.isOne(name)
              ? withPeer(model, Path.of(name), asIs)
              : bench(model, asIs));
    }
    List<Integer> others = accepted.getOrDefault(false, List.of());
    if (!others.isEmpty()) {
      results.addAll(bench(model.withAnyBatch(), others));
    }
    return results;
  }

  private List<BenchResult> bench(Model model, List<Integer> sizes) throws IOException {
    return peer == null ? bench(model, null, sizes) : exported(model, sizes);
  }

  /** Both sides run the same file, so other formats become ONNX first. */
  private List<BenchResult> exported(Model model, List<Integer> sizes) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("clarinet-bench")) {
      Path file = folder.path().resolve("model.onnx"); // not every model's name is a file's
      model.writeOnnx(file);
      return withPeer(Model.load(file), file, sizes);
    }
  }

  private List<BenchResult> withPeer(Model model, Path file, List<Integer> sizes) {
    try (OnnxRuntimePeer other = new OnnxRuntimePeer(file)) {
      return bench(model, other, sizes);
    }
  }

  private List<BenchResult> bench(
      Model model, @Nullable OnnxRuntimePeer other, List<Integer> sizes) {
    List<BenchResult> results = new ArrayList<>();
    try (Session session = model.open(common.device(), precision.session())) {
      for (int batch : sizes) {
        Explanation plan = session.explain(ModelOptions.shapes(model, batch));
        machine.add(session.device(), plan);
        Rounds timed = Rounds.measure(model, session, other, batch, rounds, console, common.json);
        results.add(BenchResult.of(batch, precision.isHalf(), plan, timed));
      }
    }
    return results;
  }
}
