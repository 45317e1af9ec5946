package io.clarinet.fuzz;

import static io.clarinet.importer.onnx.ModelWriter.integer;
import static io.clarinet.importer.onnx.ModelWriter.ints;
import static io.clarinet.importer.onnx.ModelWriter.tensor;

import io.clarinet.importer.onnx.ModelWriter;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Sound models of so many parts: wide, deep, or of many names. */
enum WideModel {
  SUM((m, n) -> m.node("Sum", "y", copies(n))),
  MAX((m, n) -> m.node("Max", "y", copies(n))),
  MEAN((m, n) -> m.node("Mean", "y", copies(n))),
  CONCAT((m, n) -> m.node("Concat", "y", copies(n), integer("axis", 1))),
  SUM_OF_A_LONG_NAME(
      (m, n) -> m.node("Sum", "z".repeat(n), copies(n)).node("Relu", "y", of("z".repeat(n)))),
  CHAIN((m, n) -> chain(n, (out, in) -> m.node("Relu", out, of(in)))),
  BACKWARD_CHAIN(
      (m, n) -> {
        for (int i = n - 1; i >= 0; i--) {
          m.node("Relu", i == n - 1 ? "y" : "v" + i, of(i == 0 ? "x" : "v" + (i - 1)));
        }
      }),
  IDENTITIES((m, n) -> chain(n, (out, in) -> m.node("Identity", out, of(in)))),
  VIEWS((m, n) -> chain(n, (out, in) -> m.node("Flatten", out, of(in)))),
  RESHAPES(
      (m, n) -> {
        m.initializer("s", longs(1, 32)).initializer("t", longs(1, 2, 4, 4));
        chain(n, (out, in) -> reshapedTwice(m, out, in));
      }),
  TRANSPOSES(
      (m, n) -> chain(n, (out, in) -> m.node("Transpose", out, of(in), ints("perm", 0, 1, 3, 2)))),
  RESIDUALS((m, n) -> chain(n, (out, in) -> m.node("Add", out, of(in, "x")))),
  CONVOLUTIONS(
      (m, n) -> {
        m.initializer("w", Tensor.zeros(Shape.of(2, 2, 1, 1)));
        chain(
            n,
            (out, in) -> m.node("Conv", "c" + out, of(in, "w")).node("Relu", out, of("c" + out)));
      }),
  RESIDUAL_CONVOLUTIONS(
      (m, n) -> {
        m.initializer("w", Tensor.zeros(Shape.of(2, 2, 1, 1)));
        chain(
            n,
            (out, in) ->
                m.node("Conv", "c" + out, of(in, "w")).node("Add", out, of("c" + out, in)));
      }),
  NORMED_CONVOLUTIONS(
      (m, n) -> {
        m.initializer("w", Tensor.zeros(Shape.of(2, 2, 1, 1)));
        m.initializer("s", Tensor.of(Shape.of(2), 1, 1));
        chain(n, (out, in) -> normed(m, out, in));
      }),
  PADDED_CONVOLUTIONS(
      (m, n) -> {
        m.initializer("w", Tensor.zeros(Shape.of(2, 2, 3, 3)));
        m.initializer("p", longs(0, 0, 1, 1, 0, 0, 1, 1));
        chain(
            n,
            (out, in) ->
                m.node("Pad", "p" + out, of(in, "p")).node("Conv", out, of("p" + out, "w")));
      }),
  PRODUCTS(
      (m, n) -> {
        m.initializer("w", Tensor.zeros(Shape.of(4, 4)));
        chain(n, (out, in) -> m.node("MatMul", out, of(in, "w")));
      }),
  GROWING_CONCATS(
      (m, n) -> chain(n, (out, in) -> m.node("Concat", out, of(in, "x"), integer("axis", 1)))),
  FAN(
      (m, n) -> {
        names("r", n).forEach(name -> m.node("Relu", name, of("x")));
        m.node("Sum", "y", names("r", n));
      }),
  JOINED_FAN(
      (m, n) -> {
        names("r", n).forEach(name -> m.node("Relu", name, of("x")));
        m.node("Concat", "y", names("r", n), integer("axis", 1));
      }),
  OUTPUTS(
      (m, n) -> {
        names("r", n).forEach(name -> m.output(name).node("Relu", name, of("x")));
        m.node("Relu", "y", of("x"));
      }),
  IDENTITY_OUTPUTS(
      (m, n) -> {
        names("r", n).forEach(name -> m.output(name).node("Identity", name, of("x")));
        m.node("Relu", "y", of("x"));
      }),
  INPUTS(
      (m, n) -> {
        names("i", n).forEach(name -> m.input(name, 1, 2, 4, 4));
        m.node("Sum", "y", names("i", n));
      }),
  INITIALIZERS(
      (m, n) -> {
        names("i", n).forEach(name -> m.initializer(name, Tensor.zeros(Shape.of(1, 1, 1, 1))));
        m.node("Sum", "s", names("i", n)).node("Add", "y", of("x", "s"));
      }),
  UNREAD_INITIALIZERS(
      (m, n) -> {
        names("i", n).forEach(name -> m.initializer(name, Tensor.zeros(Shape.of(1))));
        m.node("Relu", "y", of("x"));
      }),
  CONSTANTS(
      (m, n) -> {
        AttributeProto zero = tensor("value", Tensor.zeros(Shape.of(1, 1, 1, 1)));
        names("i", n).forEach(name -> m.node("Constant", name, of(), zero));
        m.node("Sum", "s", names("i", n)).node("Add", "y", of("x", "s"));
      }),
  SPLIT(
      (m, n) -> {
        m.input("p", 1, n).node(split(n));
        m.node("Sum", "t", names("s", n)).output("t").node("Relu", "y", of("x"));
      }),
  SPLIT_AND_JOINED(
      (m, n) -> {
        m.input("p", 1, n).node(split(n));
        m.node("Concat", "t", names("s", n), integer("axis", 1)).output("t");
        m.node("Relu", "y", of("x"));
      }),
  ATTRIBUTES(
      (m, n) ->
          m.node(
              "Relu",
              "y",
              of("x"),
              names("a", n).stream().map(name -> integer(name, 1)).toArray(AttributeProto[]::new))),
  SHAPE_ARITHMETIC(
      (m, n) -> {
        m.node("Shape", "s", of("x")).initializer("zeros", longs(0, 0, 0, 0));
        m.node("Relu", "r", of("x"));
        String last = "s";
        for (String name : names("c", n)) {
          m.node("Add", name, of(last, "zeros"));
          last = name;
        }
        m.node("Reshape", "y", of("r", last));
      }),
  ONE_NAME_FOR_ALL_NODES(
      (m, n) -> {
        m.input("lo", 1, 1, 1, 1);
        chain(n, (out, in) -> m.node(clip(out, in)));
      });

  private final BiConsumer<ModelWriter, Integer> parts;

  WideModel(BiConsumer<ModelWriter, Integer> parts) {
    this.parts = parts;
  }

  /** The file, which reads x, 1x2x4x4, and makes y. */
  byte[] write(int n) {
    ModelWriter model = new ModelWriter(13).input("x", 1, 2, 4, 4).output("y");
    parts.accept(model, n);
    return model.bytes();
  }

  private static List<String> of(String... names) {
    return List.of(names);
  }

  private static List<String> copies(int n) {
    return Collections.nCopies(n, "x");
  }

  private static List<String> names(String prefix, int n) {
    return IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
  }

  private static Tensor longs(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  /** Adds so many nodes by output and input, the first reading x, the last making y. */
  private static void chain(int n, BiConsumer<String, String> node) {
    for (int i = 0; i < n; i++) {
      node.accept(i == n - 1 ? "y" : "v" + i, i == 0 ? "x" : "v" + (i - 1));
    }
  }

  private static void reshapedTwice(ModelWriter model, String out, String in) {
    model.node("Reshape", "c" + out, of(in, "s")).node("Reshape", out, of("c" + out, "t"));
  }

  private static void normed(ModelWriter model, String out, String in) {
    model.node("Conv", "c" + out, of(in, "w"));
    model.node("BatchNormalization", out, of("c" + out, "s", "s", "s", "s"));
  }

  private static NodeProto split(int n) {
    return new NodeProto("", "Split", "", of("p"), names("s", n), List.of(integer("axis", 1)));
  }

  private static NodeProto clip(String out, String in) {
    return new NodeProto("clip", "Clip", "", of(in, "lo", "lo"), of(out), List.of());
  }
}
