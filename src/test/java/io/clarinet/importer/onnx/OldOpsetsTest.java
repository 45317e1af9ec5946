package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators as they were before opset 6, and a little after. */
class OldOpsetsTest {
  private static final Tensor X = Tensor.of(Shape.of(1, 2, 1, 2), -1.5f, 2, 3, -4);
  @TempDir Path folder;

  private static ModelWriter model(int opset) {
    return new ModelWriter(opset).input("x", 1, 2, 1, 2).output("y");
  }

  private static Tensor vector(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  private void assertElements(ModelWriter model, double... expected) throws IOException {
    Path file = model.write(folder);
    Tensor y =
        new ReferenceRunner(ModelFile.read(file, Limits.DEFAULT)).run(Map.of("x", X)).get("y");
    double[] found = new double[expected.length];
    assertThat(y.shape().size()).isEqualTo(expected.length);
    for (int i = 0; i < found.length; i++) {
      found[i] = (float) y.doubleAt(i);
    }
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo((float) expected[i]);
    }
  }

  @Test
  void shapesAreAttributes() throws IOException {
    AttributeProto shape = ModelWriter.ints("shape", 0, -1);
    AttributeProto consumed = ModelWriter.ints("consumed_inputs", 0);
    assertElements(model(1).node("Reshape", "y", List.of("x"), shape, consumed), -1.5, 2, 3, -4);
    AttributeProto axes = ModelWriter.ints("axes", 0, 2);
    assertElements(model(1).node("Squeeze", "y", List.of("x"), axes), -1.5, 2, 3, -4);
  }

  @Test
  void typesAreNames() throws IOException {
    ModelWriter model = model(5).node("Cast", "i", List.of("x"), ModelWriter.text("to", "INT32"));
    model.node("Cast", "y", List.of("i"), ModelWriter.text("to", "float"));
    assertElements(model, -1, 2, 3, -4);
    ModelWriter wrong = model(5).node("Cast", "y", List.of("x"), ModelWriter.text("to", "WORD"));
    assertThatThrownBy(() -> assertElements(wrong)).hasMessageContaining("element type WORD");
  }

  @Test
  void aConcatenationHasAnAxisByDefault() throws IOException {
    assertElements(model(3).node("Concat", "y", List.of("x", "x")), -1.5, 2, 3, -4, -1.5, 2, 3, -4);
  }

  @Test
  void paddingsHadAnotherName() throws IOException {
    AttributeProto pads = ModelWriter.ints("paddings", 0, 0, 0, 1, 0, 0, 0, 0);
    AttributeProto value = ModelWriter.real("value", 9);
    assertElements(model(1).node("Pad", "y", List.of("x"), pads, value), 9, -1.5, 2, 9, 3, -4);
  }

  @Test
  void operandsBroadcastAlongAnAxisThatIsSaid() throws IOException {
    AttributeProto broadcast = ModelWriter.integer("broadcast", 1);
    AttributeProto axis = ModelWriter.integer("axis", 1);
    ModelWriter model = model(1).initializer("b", vector(10, 20));
    model.node("Add", "y", List.of("x", "b"), broadcast, axis, ModelWriter.ints("consumed_inputs"));
    assertElements(model, 8.5, 12, 23, 16);
    ModelWriter last = model(6).initializer("b", vector(10, 20));
    assertElements(last.node("Mul", "y", List.of("x", "b"), broadcast), -15, 40, 30, -80);
  }

  @Test
  void normalisationsSayWhichInputsTheyConsume() throws IOException {
    ModelWriter model = model(1);
    model.initializer("s", vector(2, 1)).initializer("b", vector(0, 1));
    model.initializer("m", vector(0, 0)).initializer("v", vector(0.99f, 0.99f));
    model.node(
        "BatchNormalization",
        "y",
        List.of("x", "s", "b", "m", "v"),
        ModelWriter.ints("consumed_inputs", 0, 0, 0, 1, 1),
        ModelWriter.real("epsilon", 0.01f),
        ModelWriter.integer("is_test", 1));
    assertElements(model, -3, 4, 4, -3);
  }

  @Test
  void dropoutsAndClipsHaveAttributes() throws IOException {
    ModelWriter model =
        model(1).node("Dropout", "d", List.of("x"), ModelWriter.integer("is_test", 1));
    AttributeProto max = ModelWriter.real("max", 2.5f);
    assertElements(model.node("Clip", "y", List.of("d"), max), -1.5, 2, 2.5, -4);
  }

  @Test
  void picturesGrowByTwoScales() throws IOException {
    ModelWriter one =
        model(1)
            .node(
                "Upsample",
                "y",
                List.of("x"),
                ModelWriter.real("height_scale", 1),
                ModelWriter.real("width_scale", 2));
    assertElements(one, -1.5, -1.5, 2, 2, 3, 3, -4, -4);
    AttributeProto scales = AttributeProto.reals("scales", List.of(1f, 1f, 2f, 1f));
    assertElements(
        model(7).node("Upsample", "y", List.of("x"), scales), -1.5, 2, -1.5, 2, 3, -4, 3, -4);
    ModelWriter nine = model(9).initializer("s", vector(1, 1, 1, 2));
    assertElements(nine.node("Upsample", "y", List.of("x", "s")), -1.5, -1.5, 2, 2, 3, 3, -4, -4);
  }

  @Test
  void tilesRepeatAlongOneAxis() throws IOException {
    ModelWriter model = model(1).initializer("t", Tensor.ofLongs(Shape.of(), 2));
    model.initializer("a", Tensor.ofLongs(Shape.of(), 3));
    assertElements(model.node("Tile", "y", List.of("x", "t", "a")), -1.5, 2, -1.5, 2, 3, -4, 3, -4);
  }

  @Test
  void selusHadShorterNumbers() throws IOException {
    assertElements(
        model(1).node("Selu", "y", List.of("x")),
        (float) (1.0507f * (1.6732f * Math.exp(-1.5f) - 1.6732f)),
        2 * (double) 1.0507f,
        3 * (double) 1.0507f,
        (float) (1.0507f * (1.6732f * Math.exp(-4f) - 1.6732f)));
  }

  @Test
  void normsOfPoolingsAreReal() throws IOException {
    AttributeProto kernel = ModelWriter.ints("kernel_shape", 1, 2);
    AttributeProto one = ModelWriter.real("p", 1);
    assertElements(model(1).node("LpPool", "y", List.of("x"), kernel, one), 3.5, 7);
  }

  /** The one form of statistics that {@code spatial = 0} does not change. */
  @Test
  void statisticsPerPixelAreRefused() {
    ModelWriter model = model(7);
    for (String role : List.of("s", "b", "m", "v")) {
      model.initializer(role, Tensor.of(Shape.of(2, 1, 2), 1, 1, 1, 1));
    }
    AttributeProto spatial = ModelWriter.integer("spatial", 0);
    model.node("BatchNormalization", "y", List.of("x", "s", "b", "m", "v"), spatial);
    assertThatThrownBy(() -> assertElements(model))
        .hasMessageContaining("statistics per pixel (spatial = 0)");
  }

  @Test
  void opsetsThatDoNotExistYetAreRefused() {
    for (int opset : new int[] {0, 28}) {
      assertThatThrownBy(() -> assertElements(model(opset).node("Relu", "y", List.of("x"))))
          .hasMessageContaining("opset " + opset + " is not supported (1 to 27 are)");
    }
  }
}
