package io.clarinet.cli.load;

import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models that loads are measured on, each with one that takes the same and returns at once. */
enum ServedModels {
  CHARACTERS(32) {
    @Override
    Model model() throws IOException {
      return Model.bundled();
    }
  },

  SQUEEZENET(224) {
    @Override
    Model model() {
      return Model.zoo("squeezenet1.1");
    }
  };

  private final int side;

  ServedModels(int side) {
    this.side = side;
  }

  /** The one that {@code -Dload.model} names, else the smaller. */
  static ServedModels chosen() {
    return valueOf(System.getProperty("load.model", CHARACTERS.name()));
  }

  abstract Model model() throws IOException;

  /** Writes the model as a file. */
  Path write(Path folder) throws IOException {
    Path file = folder.resolve(name() + ".onnx");
    model().writeOnnx(file);
    return file;
  }

  /** Writes a model that takes the same pictures and gives one element of each. */
  Path writeNoOp(Path folder) throws IOException {
    GraphBuilder graph = new GraphBuilder("noop");
    graph.input("input", -1, 3, side, side);
    List<Slice.Range> first =
        List.of(
            new Slice.Range(1, 0, 1, 1), new Slice.Range(2, 0, 1, 1), new Slice.Range(3, 0, 1, 1));
    String y = graph.add("first", new Slice(first), "input");
    Path file = Files.createDirectories(folder).resolve("noop.onnx");
    Model.of(graph.output(y).build()).writeOnnx(file);
    return file;
  }
}
