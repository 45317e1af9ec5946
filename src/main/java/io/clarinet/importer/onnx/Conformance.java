package io.clarinet.importer.onnx;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.NarrowingException;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs ONNX's backend test cases: folders with {@code model.onnx} and {@code test_data_set_N} with
 * {@code input_K.pb} and {@code output_K.pb}, and models {@code X.onnx} beside {@code
 * X_output_0.pb}.
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

  /** The outcome of every case, by name. */
  public record Report(List<String> passed, List<Failure> failed, List<Unsupported> unsupported) {}

  public Conformance(Engine engine) {
    this.engine = engine;
  }

  /**
   * Runs every case, and tells {@code done} after each.
   *
   * @throws IOException if a file cannot be read
   */
  public Report run(ConformanceCases cases, Runnable done) throws IOException {
    Report report = new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Path model : cases.models()) {
      run(model, report);
      done.run();
    }
    return report;
  }

  private void run(Path model, Report report) throws IOException {
    String name = name(model);
    try {
      String reason = model.endsWith("model.onnx") ? fault(model) : lightFault(model);
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
    } catch (NarrowingException e) {
      report.unsupported().add(new Unsupported(name, List.of("numbers beyond float32's largest")));
    } catch (RuntimeException | StackOverflowError e) {
      report.failed().add(new Failure(name, e.toString()));
    }
  }

  private static String name(Path model) {
    Path folder = model.toAbsolutePath().getParent();
    Path named = model.endsWith("model.onnx") && folder != null ? folder : model;
    return String.valueOf(named.getFileName()).replaceFirst("\\.onnx$", "");
  }

  /** The fault in the answers to a case, or null. */
  private @Nullable String fault(Path model) throws IOException {
    Graph graph = ModelFile.read(model, Limits.DEFAULT);
    int sets = 0;
    for (; Files.isDirectory(model.resolveSibling("test_data_set_" + sets)); sets++) {
      Path set = model.resolveSibling("test_data_set_" + sets);
      Map<String, Tensor> outputs = engine.run(graph, inputs(graph, set));
      for (int i = 0; i < graph.outputs().size(); i++) {
        String reason = fault(graph, i, outputs, set.resolve("output_" + i + ".pb"));
        if (reason != null) {
          return reason;
        }
      }
    }
    return sets == 0 ? "has no data" : null;
  }

  /**
   * The fault in the answers of a model without given inputs, which become 0, 1/n … (n-1)/n, or
   * null.
   */
  private @Nullable String lightFault(Path model) throws IOException {
    Graph graph = ModelFile.read(model, Limits.DEFAULT);
    Map<String, Tensor> inputs = new HashMap<>();
    for (Input input : graph.inputs()) {
      Tensor tensor = Tensor.zeros(input.type(), input.shape(1));
      long size = tensor.shape().size();
      for (long i = 0; i < size; i++) {
        tensor.set(i, (double) i / size);
      }
      inputs.put(input.name(), tensor);
    }
    return fault(graph, 0, engine.run(graph, inputs), ConformanceCases.lightOutput(model));
  }

  private static @Nullable String fault(
      Graph graph, int index, Map<String, Tensor> outputs, Path expected) {
    String output = graph.outputs().get(index);
    Tensor found = outputs.get(output);
    String reason =
        found == null ? "no answer" : difference(found, OnnxTensorFile.read(expected).tensor());
    return reason == null ? null : "output \"" + output + "\": " + reason;
  }

  /** The inputs of a data set, each for the input of its name, or else of its number. */
  private static Map<String, Tensor> inputs(Graph graph, Path set) {
    Map<String, Tensor> inputs = new HashMap<>();
    for (int i = 0; Files.exists(set.resolve("input_" + i + ".pb")); i++) {
      OnnxTensorFile file = OnnxTensorFile.read(set.resolve("input_" + i + ".pb"));
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
        || (Math.abs(y - r) <= ABSOLUTE + RELATIVE * Math.abs(r) && !Double.isInfinite(r));
  }
}
