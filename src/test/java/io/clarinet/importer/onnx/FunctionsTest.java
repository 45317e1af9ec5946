package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.AttributeProto.AttributeType;
import io.clarinet.importer.onnx.proto.FunctionProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators that a model defines itself. */
class FunctionsTest {
  private static final String OWN = "pkg.own";
  @TempDir Path folder;

  private static FunctionProto function(
      String name, int opset, List<String> inputs, List<String> outputs, NodeProto... nodes) {
    return function(name, "", opset, inputs, outputs, List.of(), nodes);
  }

  private static FunctionProto function(
      String name,
      String overload,
      int opset,
      List<String> inputs,
      List<String> outputs,
      List<AttributeProto> defaults,
      NodeProto... nodes) {
    List<OperatorSetIdProto> opsets =
        opset == 0 ? List.of() : List.of(new OperatorSetIdProto("", opset));
    return new FunctionProto(
        name, OWN, overload, inputs, outputs, List.of(), defaults, List.of(nodes), opsets, 0);
  }

  private static NodeProto node(
      String op, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    return new NodeProto("", op, "", inputs, outputs, List.of(attributes));
  }

  private static NodeProto call(
      String op, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    return new NodeProto("", op, OWN, inputs, outputs, List.of(attributes));
  }

  private static AttributeProto reference(String name, String to) {
    return AttributeProto.reference(name, AttributeType.FLOAT, to);
  }

  private Graph read(ModelWriter model) throws IOException {
    return ModelFile.read(model.write(folder), Limits.DEFAULT);
  }

  private float[] run(ModelWriter model, float... x) throws IOException {
    Tensor y =
        new ReferenceRunner(read(model)).run(Map.of("x", Tensor.of(Shape.of(2), x))).get("y");
    return new float[] {(float) y.doubleAt(0), (float) y.doubleAt(1)};
  }

  private static ModelWriter model() {
    return new ModelWriter(13).input("x", 2).output("y");
  }

  /** Values and attributes of the same names in the caller, in the called, and in both calls. */
  @Test
  void callsOfCallsWithAttributesOfTheirOwn() throws IOException {
    FunctionProto inner =
        function(
            "inner",
            "",
            0,
            List.of("x"),
            List.of("y"),
            List.of(AttributeProto.real("slope", 0.5f)),
            node("LeakyRelu", List.of("x"), List.of("t"), reference("alpha", "slope")),
            node("Neg", List.of("t"), List.of("y")));
    FunctionProto outer =
        function(
            "outer",
            0,
            List.of("x"),
            List.of("y"),
            call("inner", List.of("t"), List.of("y"), reference("slope", "a")),
            call("inner", List.of("x"), List.of("t")));
    ModelWriter model = model().function(outer).function(inner).node("Identity", "t", List.of("x"));
    model.call(OWN, "outer", "y", List.of("t"), AttributeProto.real("a", 0.25f));
    assertThat(run(model, -4, 8)).containsExactly(-2, 2);
  }

  /** Squeeze had its axes as an attribute before opset 13, which is the model's. */
  @Test
  void aFunctionHasAnOpsetOfItsOwn() throws IOException {
    FunctionProto old =
        function(
            "old",
            11,
            List.of("x"),
            List.of("y"),
            node("Unsqueeze", List.of("x"), List.of("u"), ModelWriter.ints("axes", 0)),
            node("Squeeze", List.of("u"), List.of("y"), ModelWriter.ints("axes", 0)));
    ModelWriter model = model().function(old).call(OWN, "old", "y", List.of("x"));
    assertThat(run(model, 3, 4)).containsExactly(3, 4);
    FunctionProto unknown =
        function("old", 99, List.of("x"), List.of("y"), node("Neg", List.of("x"), List.of("y")));
    ModelWriter wrong = model().function(unknown).call(OWN, "old", "y", List.of("x"));
    assertThatThrownBy(() -> read(wrong)).hasMessageContaining("opset 99 is not supported");
  }

  @Test
  void anOverloadTellsFunctionsOfOneNameApart() throws IOException {
    ModelWriter model = model();
    for (String op : List.of("Neg", "Abs")) {
      model.function(
          function(
              "f",
              op,
              0,
              List.of("x"),
              List.of("y"),
              List.of(),
              node(op, List.of("x"), List.of("y"))));
    }
    NodeProto call = new NodeProto("", "f", OWN, List.of("x"), List.of("y"), List.of(), "Abs");
    assertThat(run(model.node(call), -3, 4)).containsExactly(3, 4);
  }

  /** A minimum that is left out, an output that is an input, one that nobody names. */
  @Test
  void whatIsLeftOutAndWhatPassesThrough() throws IOException {
    FunctionProto function =
        function(
            "f",
            0,
            List.of("x", "lo", "hi"),
            List.of("x", "z", "y"),
            node("Clip", List.of("x", "lo", "hi"), List.of("y")),
            node("NoSuchOperator", List.of("x"), List.of("z")));
    ModelWriter model = model().function(function).initializer("one", Tensor.of(Shape.of(), 1));
    model.node(
        new NodeProto("", "f", OWN, List.of("x", "", "one"), List.of("same", "", "c"), List.of()));
    model.node("Add", "y", List.of("same", "c"));
    assertThat(run(model, -3, 4)).containsExactly(-6, 5);
  }

  @Test
  void aBranchSeesTheValuesOfItsFunction() throws IOException {
    ModelWriter then = new ModelWriter(13).node("Neg", "r", List.of("t")).output("r");
    ModelWriter otherwise = new ModelWriter(13).node("Abs", "r", List.of("t")).output("r");
    FunctionProto function =
        function(
            "f",
            0,
            List.of("a", "c"),
            List.of("b"),
            node("Relu", List.of("a"), List.of("t")),
            node(
                "If",
                List.of("c"),
                List.of("b"),
                AttributeProto.graph("then_branch", then.graph()),
                AttributeProto.graph("else_branch", otherwise.graph())));
    ModelWriter model =
        model().function(function).initializer("yes", Tensor.ofLongs(Shape.of(), 1));
    model.call(OWN, "f", "y", List.of("x", "yes"));
    assertThat(run(model, -3, 4)).containsExactly(-0f, -4);
  }

  @Test
  void aFunctionSeesNothingAroundIt() {
    FunctionProto function =
        function("f", 0, List.of("a"), List.of("b"), node("Add", List.of("a", "x"), List.of("b")));
    ModelWriter model = model().function(function).call(OWN, "f", "y", List.of("x"));
    assertThatThrownBy(() -> read(model))
        .hasMessageContaining("reads \"x\", which nothing defines");
  }

  @Test
  void circlesAreRefused() {
    FunctionProto a =
        function("a", 0, List.of("x"), List.of("y"), call("b", List.of("x"), List.of("y")));
    FunctionProto b =
        function("b", 0, List.of("x"), List.of("y"), call("a", List.of("x"), List.of("y")));
    ModelWriter model = model().function(a).function(b).call(OWN, "a", "y", List.of("x"));
    assertThatThrownBy(() -> read(model)).hasMessageContaining("\"pkg.own.a\" calls itself");
  }

  /** Each calls the next one so many times. */
  private static ModelWriter chain(int functions, int times) {
    ModelWriter model = model();
    for (int i = 0; i < functions; i++) {
      NodeProto[] calls = new NodeProto[times];
      for (int k = 0; k < times; k++) {
        calls[k] = call("f" + (i + 1), List.of(k == 0 ? "x" : "v" + k), List.of("v" + (k + 1)));
      }
      model.function(function("f" + i, 0, List.of("x"), List.of("v" + times), calls));
    }
    model.function(
        function(
            "f" + functions,
            0,
            List.of("x"),
            List.of("y"),
            node("Neg", List.of("x"), List.of("y"))));
    return model.call(OWN, "f0", "y", List.of("x"));
  }

  @Test
  void depthIsBounded() throws IOException {
    assertThat(run(chain(90, 1), 3, 4)).containsExactly(-3, -4);
    assertThatThrownBy(() -> read(chain(5000, 1))).hasMessageContaining("more than 100 deep");
  }

  @Test
  void whatTheyExpandToIsBounded() {
    assertThatThrownBy(() -> read(chain(50, 2))).hasMessageContaining("expand to more than");
  }
}
