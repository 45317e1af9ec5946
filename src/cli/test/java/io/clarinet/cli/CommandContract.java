package io.clarinet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** Runs commands in this process on a small network of every common layer. */
final class CommandContract {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  /** Runs a command and gives its status. */
  int run(String... arguments) {
    out.reset();
    return runInto(out, arguments);
  }

  /** Runs like {@link #run}, with another standard output. */
  int runInto(OutputStream results, String... arguments) {
    errors.reset();
    return Main.run(new Console(results, errors), arguments);
  }

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** The one document that the last command printed. */
  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toByteArray());
  }

  /** 3x56x56 pictures, a stem, 3×3 convolutions of 64 channels, pooling, 10 classes. */
  static Path network(Path folder) throws IOException {
    GraphBuilder graph = new GraphBuilder("small");
    graph.input("x", -1, 3, 56, 56);
    String y = conv(graph, "stem", "x", 3);
    y = conv(graph, "conv", y, 64);
    y = graph.add("pool", Pool2d.max(Window2d.square(2, 2, 0)), y);
    y = conv(graph, "last", y, 64);
    y = graph.add("flat", new Reshape(new Reshape.Rule.Flatten(1)), y);
    graph.constant("dense.w", random(28 * 28 * 64, 10));
    y = graph.add("dense", new Dense(false, Epilogue.NONE), y, "dense.w");
    y = graph.add("softmax", Softmax.along(1), y);
    Path file = folder.resolve("small.onnx");
    Model.of(graph.output(y).build()).writeOnnx(file);
    return file;
  }

  private static String conv(GraphBuilder graph, String name, String x, int channels) {
    graph.constant(name + ".w", random(64, channels, 3, 3));
    Conv2d conv = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);
    return graph.add(name + ".relu", Unary.RELU, graph.add(name, conv, x, name + ".w"));
  }

  private static Tensor random(int... dims) {
    Random random = new Random(dims[0]);
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    for (long i = 0; i < tensor.shape().size(); i++) {
      tensor.set(i, random.nextGaussian() * 0.05);
    }
    return tensor;
  }
}
