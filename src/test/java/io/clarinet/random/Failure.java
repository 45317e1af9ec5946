package io.clarinet.random;

import io.clarinet.Model;
import io.clarinet.graph.GraphException;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Tells of a failed check all that it takes to see it again. */
final class Failure {
  private static final Path FOLDER = Path.of("target", "random-graphs");

  private Failure() {}

  /** The seed, what is wrong, and the smallest graph that shows it, which is kept as files too. */
  static String told(Check check, Problem problem, String reason) {
    Problem smallest =
        new Minimiser(p -> Verdict.of(check, p).failure().isPresent()).smallest(problem);
    return "seed %d, %s: %s%n%s%s; again: -Dgraphs.seed=%d -Dgraphs.count=1"
        .formatted(
            problem.seed(),
            check.name(),
            reason,
            smallest.graph(),
            kept(smallest, FOLDER.resolve("seed-" + problem.seed())),
            problem.seed());
  }

  private static String kept(Problem problem, Path folder) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, Tensor> input : problem.inputs().entrySet()) {
        Npy.write(folder.resolve(input.getKey() + ".npy"), input.getValue());
      }
      Model.of(problem.graph()).writeOnnx(folder.resolve("model.onnx"));
      return "kept as " + folder.resolve("model.onnx");
    } catch (GraphException e) {
      return "no ONNX file: " + e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
