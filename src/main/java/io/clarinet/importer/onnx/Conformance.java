package io.clarinet.importer.onnx;

import io.clarinet.graph.Graph;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs ONNX's backend test cases: folders with {@code model.onnx} and {@code test_data_set_N} with
 * {@code input_K.pb} and {@code output_K.pb}.
 */
public final class Conformance {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-7;
  private final Engine engine;

  /** Runs a graph: outputs by name, from inputs by name. */
  @FunctionalInterface
  public interface Engine {
    Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs);
  }

  /** A case that gave a wrong answer or none. */
  public record Failure(String name, String reason) {}

  /** A case that uses operators, or element types, that are not supported. */
  public record Unsupported(String name, List<String> operators) {}

  /** What became of every case, by name. */
  public record Report(List<String> passed, List<Failure> failed, List<Unsupported> unsupported) {}

  public Conformance(Engine engine) {
    this.engine = engine;
  }

  /**
   * Runs every case in the folders and those below them, in the order of their names.
   *
   * @throws IOException if a folder cannot be read
   */
  public Report run(List<Path> folders) throws IOException {
    Report report = new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> models =
            files.filter(f -> f.getFileName().toString().equals("model.onnx")).sorted().toList();
        for (Path model : models) {
          run(model, report);
        }
      }
    }
    return report;
  }

  private void run(Path model, Report report) throws IOException {
    Path folder = model.toAbsolutePath().getParent();
    String name = folder == null ? "" : folder.getFileName().toString();
    try {
      String reason = fault(model, folder);
      if (reason == null) {
        report.passed().add(name);
      } else {
        report.failed().add(new Failure(name, reason));
      }
    } catch (ModelFormatException e) {
      if (e.kind() == ModelFormatException.Kind.UNSUPPORTED) {
        report.unsupported().add(new Unsupported(name, e.operators()));
      } else {
        report.failed().add(new Failure(name, String.valueOf(e.getMessage())));
      }
    } catch (RuntimeException e) {
      report.failed().add(new Failure(name, e.toString()));
    }
  }

  /** What is wrong with the answers to a case; null if nothing is. */
  private @Nullable String fault(Path model, @Nullable Path folder) throws IOException {
    Graph graph = ModelFile.read(model, Limits.DEFAULT);
    int sets = 0;
    for (; folder != null && Files.isDirectory(folder.resolve("test_data_set_" + sets)); sets++) {
      Path set = folder.resolve("test_data_set_" + sets);
      Map<String, Tensor> outputs = engine.run(graph, inputs(graph, set));
      for (int i = 0; i < graph.outputs().size(); i++) {
        Tensor expected = TensorFile.read(set.resolve("output_" + i + ".pb")).tensor();
        String output = graph.outputs().get(i);
        Tensor found = outputs.get(output);
        String reason = found == null ? "no answer" : difference(found, expected);
        if (reason != null) {
          return "output \"" + output + "\": " + reason;
        }
      }
    }
    return sets == 0 ? "has no data" : null;
  }

  /** The inputs of a data set, each for the input of its name, or else of its number. */
  private static Map<String, Tensor> inputs(Graph graph, Path set) {
    Map<String, Tensor> inputs = new HashMap<>();
    for (int i = 0; Files.exists(set.resolve("input_" + i + ".pb")); i++) {
      TensorFile file = TensorFile.read(set.resolve("input_" + i + ".pb"));
      if (graph.input(file.name()) != null) {
        inputs.put(file.name(), file.tensor());
      } else if (i < graph.inputs().size()) {
        inputs.put(graph.inputs().get(i).name(), file.tensor());
      }
    }
    return inputs;
  }

  private static @Nullable String difference(Tensor found, Tensor expected) {
    if (found.type() != expected.type() || !found.shape().equals(expected.shape())) {
      return "is " + found + ", not " + expected;
    }
    for (long i = 0; i < expected.shape().size(); i++) {
      if (!agrees(found, expected, i)) {
        return "element " + i + " is " + found.doubleAt(i) + ", not " + expected.doubleAt(i);
      }
    }
    return null;
  }

  private static boolean agrees(Tensor found, Tensor expected, long i) {
    if (!expected.type().isFloatingPoint()) {
      return found.longAt(i) == expected.longAt(i);
    }
    double y = found.doubleAt(i);
    double r = expected.doubleAt(i);
    return Double.compare(y, r) == 0
        || Math.abs(y - r) <= ABSOLUTE + RELATIVE * Math.abs(r) && !Double.isInfinite(r);
  }
}
