package io.clarinet.fuzz;

import io.clarinet.importer.onnx.ModelWriter;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.FunctionProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.SparseTensorProto;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small files of functions and branches that would come to very much keep the contract. */
class HostileStructureTest {

  enum Hostile {
    CIRCLE(() -> functions(1, i -> List.of(call("f0", "x", "y")))),
    DEEP(() -> functions(20_000, i -> List.of(call("f" + (i + 1), "x", "y")))),
    /** Just within the depth, and far beyond any size. */
    EXPONENTIAL(() -> functions(98, i -> twice("f" + (i + 1)))),
    EXPONENTIAL_BRANCHES(
        () -> functions(48, i -> List.of(sizeOf(), choice(twice("f" + (i + 1)), "y")))),
    /** Each call decodes a constant anew. */
    LARGE_CONSTANTS(() -> calls(4000, List.of(ones(), node("Add", List.of("x", "c"), "y")))),
    MANY_CALLS(() -> calls(14_000, List.of(node("Relu", List.of("x"), "y")))),
    NESTED_BRANCHES(() -> model().node(sizeOf()).node(nested(200))),
    MANY_BRANCHES(() -> branches(3000, before -> List.of("x"))),
    /** Every branch reads all values before it. */
    BRANCHES_THAT_READ_MUCH(() -> branches(150, before -> before)),
    SPARSE(() -> model().sparse(sparse()).node("Add", "y", List.of("x", "w")));

    private final Supplier<ModelWriter> file;

    Hostile(Supplier<ModelWriter> file) {
      this.file = file;
    }
  }

  private static ModelWriter model() {
    return new ModelWriter(13).input("x", -1, 4).output("y");
  }

  /** A call of the first of so many functions and one more. */
  private static ModelWriter functions(int count, IntFunction<List<NodeProto>> bodies) {
    ModelWriter model = model().call("own", "f0", "y", List.of("x"));
    for (int i = 0; i < count; i++) {
      model.function(function("f" + i, bodies.apply(i)));
    }
    return model.function(function("f" + count, List.of(node("Neg", List.of("x"), "y"))));
  }

  /** So many calls of one function. */
  private static ModelWriter calls(int count, List<NodeProto> body) {
    ModelWriter model = model().function(function("f", body)).call("own", "f", "v0", List.of("x"));
    for (int i = 1; i < count; i++) {
      model.call("own", "f", "v" + i, List.of("v" + (i - 1)));
    }
    return model.node("Neg", "y", List.of("v" + (count - 1)));
  }

  private interface Reads {
    List<String> of(List<String> before);
  }

  private static ModelWriter branches(int count, Reads reads) {
    ModelWriter model = model().node(sizeOf());
    List<String> before = new ArrayList<>(List.of("x"));
    for (int i = 0; i < count; i++) {
      model.node(choice(List.of(node("Sum", reads.of(before), "y")), "v" + i));
      before.add("v" + i);
    }
    return model.node("Neg", "y", List.of("v" + (count - 1)));
  }

  private static NodeProto nested(int depth) {
    NodeProto node = node("Neg", List.of("x"), "y");
    for (int i = 0; i < depth; i++) {
      node = choice(List.of(node), "y");
    }
    return node;
  }

  private static FunctionProto function(String name, List<NodeProto> nodes) {
    List<String> x = List.of("x");
    List<String> y = List.of("y");
    return new FunctionProto(name, "own", "", x, y, List.of(), List.of(), nodes, List.of(), 0);
  }

  private static NodeProto call(String name, String x, String y) {
    return new NodeProto("", name, "own", List.of(x), List.of(y), List.of());
  }

  private static List<NodeProto> twice(String name) {
    return List.of(call(name, "x", "t"), call(name, "t", "y"));
  }

  private static NodeProto node(
      String op, List<String> inputs, String output, AttributeProto... attributes) {
    return new NodeProto("", op, "", inputs, List.of(output), List.of(attributes));
  }

  private static NodeProto ones() {
    List<Long> values = Collections.nCopies(40_000, 1L);
    return node("Constant", List.of(), "c", AttributeProto.integers("value_ints", values));
  }

  /** The condition: known once shapes are. */
  private static NodeProto sizeOf() {
    return node("Size", List.of("x"), "size");
  }

  private static NodeProto choice(List<NodeProto> nodes, String y) {
    return node(
        "If",
        List.of("size"),
        y,
        branch("then_branch", nodes),
        branch("else_branch", List.of(node("Abs", List.of("x"), "y"))));
  }

  private static AttributeProto branch(String name, List<NodeProto> nodes) {
    ModelWriter branch = new ModelWriter(13).output("y");
    nodes.forEach(branch::node);
    GraphProto graph = branch.graph();
    return AttributeProto.graph(name, graph);
  }

  private static SparseTensorProto sparse() {
    return new SparseTensorProto(
        ModelWriter.proto("w", Tensor.of(Shape.of(1), 1)),
        ModelWriter.proto("", Tensor.ofLongs(Shape.of(1), 1L << 29)),
        List.of(1L << 30));
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheContract(Hostile hostile) {
    ImportContract.of(Format.ONNX).check(hostile.file.get().bytes());
  }
}
