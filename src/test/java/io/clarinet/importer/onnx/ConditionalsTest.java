package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.TestTensors;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.op.If;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditionals: which branch is taken, when that is known, and what a refusal says. */
@RequiresOpenCl
class ConditionalsTest {
  @TempDir Path folder;
  private final Random random = Fresh.random();

  private static ModelWriter branch(String op, String... inputs) {
    return new ModelWriter(13).node(op, "r", List.of(inputs)).output("r");
  }

  private static AttributeProto[] branches(ModelWriter then, ModelWriter otherwise) {
    return new AttributeProto[] {
      AttributeProto.graph("then_branch", then.graph()),
      AttributeProto.graph("else_branch", otherwise.graph())
    };
  }

  /** Whether two extents of x are equal, as {@code name}. */
  private static ModelWriter equalExtents(ModelWriter to, String name, long one, long other) {
    return to.node("Shape", name + "s", List.of("x"))
        .node("Constant", name + "i", List.of(), ModelWriter.integer("value_int", one))
        .node("Constant", name + "k", List.of(), ModelWriter.integer("value_int", other))
        .node("Gather", name + "a", List.of(name + "s", name + "i"))
        .node("Gather", name + "b", List.of(name + "s", name + "k"))
        .node("Equal", name, List.of(name + "a", name + "b"));
  }

  /** y = relu(v) where x is square, else |v| where it has as many rows as items, else -v. */
  private static ModelWriter nested() {
    ModelWriter inner = new ModelWriter(13).output("r");
    equalExtents(inner, "c", 0, 1)
        .initializer("w", Tensor.of(Shape.of(), 1))
        .node("Mul", "one", List.of("v", "w"))
        .node("If", "r", List.of("c"), branches(branch("Abs", "one"), branch("Neg", "v")));
    ModelWriter square =
        branch("Relu", "scaled")
            .initializer("w", Tensor.of(Shape.of(), 1))
            .node("Mul", "scaled", List.of("v", "w"));
    return new ModelWriter(13)
        .initializer("two", Tensor.of(Shape.of(), 2))
        .node("Mul", "v", List.of("x", "two"))
        .node("If", "y", List.of("c"), branches(square, inner))
        .output("y");
  }

  private static void assertElements(Tensor x, Tensor y, DoubleUnaryOperator expected) {
    for (long i = 0; i < x.shape().size(); i++) {
      assertThat(y.doubleAt(i)).isEqualTo(expected.applyAsDouble(x.doubleAt(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void eachShapeTakesItsBranch(String device) throws IOException {
    Path file = equalExtents(nested(), "c", 1, 2).input("x", -1, -1, -1).write(folder);
    try (Session session = Model.load(file).open(Device.find(device))) {
      for (int round = 0; round < 2; round++) {
        Tensor square = TestTensors.random(random, 2, 5, 5);
        assertElements(square, session.run(square), v -> Math.max(0, 2 * v));
        Tensor alike = TestTensors.random(random, 3, 3, 7);
        assertElements(alike, session.run(alike), v -> Math.abs(2 * v));
        Tensor other = TestTensors.random(random, 2, 3, 7);
        assertElements(other, session.run(other), v -> -2 * v);
      }
    }
  }

  @Test
  void aConditionThatTheFileDecidesLeavesNoConditional() throws IOException {
    Path file = equalExtents(nested(), "c", 1, 2).input("x", 3, 3, 7).write(folder);
    Model model = Model.load(file);
    assertThat(model.graph().nodes()).noneMatch(node -> node.op() instanceof If);
    assertThat(model.graph().toString()).contains("ABS").doesNotContain("NEG");
  }

  @Test
  void whatIsWrittenChoosesAlike() throws IOException {
    Path file = equalExtents(nested(), "c", 1, 2).input("x", -1, -1, -1).write(folder);
    Path written = folder.resolve("written.onnx");
    Model.load(file).writeOnnx(written);
    Tensor x = TestTensors.random(random, 3, 3, 7);
    try (Session session = Model.load(written).open(Device.cpu())) {
      assertElements(x, session.run(x), v -> Math.abs(2 * v));
    }
  }

  @Test
  void aFixedBatchOpens() throws IOException {
    Path file = equalExtents(nested(), "c", 1, 2).input("x", 1, -1, -1).write(folder);
    Tensor x = TestTensors.random(random, 2, 5, 5);
    try (Session session = Model.load(file).withAnyBatch().open(Device.cpu())) {
      assertElements(x, session.run(x), v -> Math.max(0, 2 * v));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void aParameterMayDecide(String device) throws IOException {
    Path file =
        new ModelWriter(13)
            .input("x", -1, 5)
            .input("training", DataType.BOOL)
            .node("If", "y", List.of("training"), branches(branch("Neg", "x"), branch("Abs", "x")))
            .output("y")
            .write(folder);
    Tensor x = TestTensors.random(random, 3, 5);
    try (Session session = Model.load(file).open(Device.find(device))) {
      assertElements(x, session.run(Map.of("x", x, "training", flag(1))).get("y"), v -> -v);
      assertElements(x, session.run(Map.of("x", x, "training", flag(0))).get("y"), Math::abs);
    }
  }

  private static Tensor flag(long value) {
    Tensor flag = Tensor.zeros(ElementType.BOOL, Shape.of());
    flag.set(0, value);
    return flag;
  }

  @Test
  void valuesMustNotDecide() throws IOException {
    Path file =
        new ModelWriter(13)
            .input("x", -1, 5)
            .initializer("zero", Tensor.of(Shape.of(), 0))
            .node("ReduceMax", "m", List.of("x"), ModelWriter.integer("keepdims", 0))
            .node("Greater", "c", List.of("m", "zero"))
            .node("If", "y", List.of("c"), branches(branch("Neg", "x"), branch("Abs", "x")))
            .output("y")
            .write(folder);
    assertThatThrownBy(() -> Model.load(file))
        .hasMessageContaining("If with a condition that values decide, not sizes")
        .hasMessageContaining("node \"y\"");
  }

  @Test
  void aBranchThatIsNotSupportedIsOnlyAFaultWhereItIsTaken() throws IOException {
    ModelWriter strange = branch("NonZero", "x");
    Path file =
        equalExtents(new ModelWriter(13).input("x", -1, -1), "c", 0, 1)
            .node("If", "y", List.of("c"), branches(strange, branch("Abs", "x")))
            .output("y")
            .write(folder);
    try (Session session = Model.load(file).open(Device.cpu())) {
      Tensor x = TestTensors.random(random, 2, 3);
      assertElements(x, session.run(x), Math::abs);
      assertThatThrownBy(() -> session.run(TestTensors.random(random, 3, 3)))
          .hasMessageContaining("\"y\" (If): not supported: NonZero");
    }
  }

  @Test
  void whatNeitherBranchSupportsIsRefused() throws IOException {
    Path file =
        equalExtents(new ModelWriter(13).input("x", -1, -1), "c", 0, 1)
            .node("If", "y", List.of("c"), branches(branch("NonZero", "x"), branch("Det", "x")))
            .output("y")
            .write(folder);
    assertThatThrownBy(() -> Model.load(file)).hasMessageContainingAll("NonZero", "Det");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Loop", "Scan"})
  void otherGraphsInsideOfNodesAreRefusedByName(String op) throws IOException {
    AttributeProto body = AttributeProto.graph("body", branch("Neg", "x").graph());
    NodeProto node = new NodeProto("l", op, "", List.of("", "", "x"), List.of("y"), List.of(body));
    Path file = new ModelWriter(13).input("x", 2, 5).node(node).output("y").write(folder);
    assertThatThrownBy(() -> Model.load(file))
        .hasMessageContaining("not supported: " + op + " (node \"l\")");
  }
}
