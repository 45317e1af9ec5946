package io.clarinet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code bench --url} loads a server. */
final class LoadOptions {
  /** The bundled model, by the name that {@code serve} gives it. */
  static final String BUNDLED = "characters";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "load a server of the Open Inference Protocol, such as http://127.0.0.1:8000; --model is"
              + " a name there, --batch the items of a request ($CLARINET_TOKEN is sent)")
  @Nullable String url;

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      converter = Count.class,
      description = "connections, a step for each number (default: 1,8,32)")
  List<Integer> clients = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "R",
      split = ",",
      description =
          "requests a second that are due whether answers come or not, a step for each; times count"
              + " from then (default: a client sends when it has its answer)")
  List<Double> rates = new ArrayList<>();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      converter = Count.class,
      description = "measured time of a step, after a fifth of it to warm up (default: 10)")
  int seconds = 10;

  @Option(
      names = "--requests",
      paramLabel = "N",
      converter = Count.class,
      description = "requests after which a step ends, at the latest after --seconds")
  int requests;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "pictures to send to /v1/classify instead of random tensors")
  List<Path> images = new ArrayList<>();

  @Option(
      names = "--check",
      paramLabel = "M",
      completionCandidates = Words.Models.class,
      description = "the model that is served, opened here too: every answer is compared with its")
  @Nullable String check;

  @Option(
      names = "--malformed",
      paramLabel = "PERCENT",
      description = "requests that are wrong on purpose, and must be refused (default: 0)")
  double malformed;
}
