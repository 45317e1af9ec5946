package io.clarinet.importer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.op.AffineGrid;
import io.clarinet.op.Cast;
import io.clarinet.op.Col2Im;
import io.clarinet.op.Dequantize;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.Interpolation;
import io.clarinet.op.Interpolation.Mode;
import io.clarinet.op.Interpolation.Rounding;
import io.clarinet.op.Op;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Quantize;
import io.clarinet.op.Reduce;
import io.clarinet.op.Resize;
import io.clarinet.op.Resize.Coordinates;
import io.clarinet.op.Resize.Policy;
import io.clarinet.op.Scatter;
import io.clarinet.op.Scatter.Join;
import io.clarinet.op.Window2d;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All that ONNX of opset 17 cannot say of a graph: the user is told the node and why. */
class OnnxRefusalsTest {
  private static final Interpolation LINEAR =
      new Interpolation(Mode.LINEAR, Rounding.FLOOR, 0, false, false);
  private static final Interpolation ANTIALIASED =
      new Interpolation(Mode.LINEAR, Rounding.FLOOR, 0, false, true);
  @TempDir Path folder;

  static Stream<Arguments> refused() {
    return Stream.of(
        of("a dilated pooling other than a maximum", Pool2d.average(dilated()), "x"),
        of("a dilated pooling other than a maximum", poolNd(PoolNd.Kind.LP, 2, false), "x"),
        of("an LP pooling that counts partial windows", poolNd(PoolNd.Kind.LP, 1, true), "x"),
        of("a group normalisation", new GroupNorm(2, 1e-5f), "x", "perChannel", "perChannel"),
        of("a reduction along axes that are not constant", sum(), "x", "open"),
        of("a resizing to a size that is not constant", resize(LINEAR), "x", "open"),
        of("an antialiased resizing", resize(ANTIALIASED), "x", "scales"),
        of("a resizing that keeps proportions", resize(Policy.NOT_LARGER, 2, 3), "x", "two"),
        of("a resizing of some axes", resize(Policy.STRETCH, 2, 3), "x", "two"),
        of("a resizing by tf_half_pixel_for_nn that rounds up", tensorFlows(), "x", "scales"),
        of("a resizing by scales that aligns whole corners", wholeCorners(), "x", "scales"),
        of("a symmetric resizing", symmetric(), "x", "scales"),
        of("a scatter that keeps the max of what meets", scatter(Join.MAX), "x", "open", "x"),
        of("a scatter that keeps the min of what meets", scatter(Join.MIN), "x", "open", "x"),
        of("a grid of a size that is not constant", new AffineGrid(false), "x", "open"),
        of("a sum of blocks of sizes that are not constant", blockSums(), "x", "open", "open"),
        of("a quantisation to INT16 without a zero point", int16(), "x", "scalar"),
        of("a quantisation by blocks", blocks(), "x", "x", "bytes"),
        of("a quantisation by blocks", new Dequantize(1, 2), "bytes", "x"),
        of("element type INT2", new Cast(ElementType.INT2), "x"),
        of("element type UINT2", new Cast(ElementType.UINT2), "x"),
        of("element type INT4", new Cast(ElementType.INT4), "x"),
        of("element type UINT4", new Cast(ElementType.UINT4), "x"));
  }

  /** The refused forms, in the words of the refusals. */
  static List<String> reasons() {
    return refused().map(refusal -> (String) refusal.get()[0]).toList();
  }

  private static Arguments of(String reason, Op op, String... inputs) {
    return Arguments.of(reason, op, List.of(inputs));
  }

  private static Window2d dilated() {
    return new Window2d(2, 2, 1, 1, 2, 2, Padding.NONE);
  }

  private static PoolNd poolNd(PoolNd.Kind kind, int dilation, boolean ceil) {
    List<Integer> ones = List.of(1, 1);
    List<Integer> dilations = List.of(dilation, 1);
    List<Integer> pads = Collections.nCopies(4, 0);
    WindowNd window = new WindowNd(ones, ones, dilations, Padding.Rule.EXPLICIT, pads);
    return new PoolNd(kind, window, ceil, false, 2, PoolNd.Indices.NONE);
  }

  private static Reduce sum() {
    return new Reduce(Reduce.Kind.SUM, List.of(), true, false);
  }

  private static Resize resize(Interpolation interpolation) {
    return new Resize(interpolation, Coordinates.HALF_PIXEL, Policy.STRETCH, List.of(), 0);
  }

  private static Resize resize(Policy policy, Integer... axes) {
    return new Resize(LINEAR, Coordinates.HALF_PIXEL, policy, List.of(axes), 0);
  }

  private static Resize tensorFlows() {
    Interpolation up = new Interpolation(Mode.NEAREST, Rounding.CEIL, 0, false, false);
    return new Resize(up, Coordinates.TF_HALF_PIXEL_FOR_NN, Policy.STRETCH, List.of(), 0);
  }

  private static Resize wholeCorners() {
    return new Resize(LINEAR, Coordinates.ALIGN_WHOLE_CORNERS, Policy.STRETCH, List.of(), 0);
  }

  private static Resize symmetric() {
    return new Resize(LINEAR, Coordinates.HALF_PIXEL_SYMMETRIC, Policy.STRETCH, List.of(), 0);
  }

  private static Scatter scatter(Join join) {
    return new Scatter(new Scatter.Form.Elements(1), join);
  }

  private static Col2Im blockSums() {
    return new Col2Im(List.of(1, 1), List.of(1, 1), List.of(0, 0, 0, 0));
  }

  private static Quantize int16() {
    return new Quantize(ElementType.INT16, 1, 0);
  }

  private static Quantize blocks() {
    return new Quantize(ElementType.INT8, 1, 2);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void isNamed(String reason, Op op, List<String> inputs) {
    GraphBuilder b = new GraphBuilder("small");
    b.input("x", 1, 4, 5, 5);
    b.input(new Input("open", ElementType.INT64, List.of(4)));
    b.constant("perChannel", Tensor.of(Shape.of(4), 1, 2, 3, 4));
    b.constant("scales", Tensor.of(Shape.of(4), 1, 1, 2, 2));
    b.constant("two", Tensor.ofLongs(Shape.of(2), 7, 8));
    b.constant("scalar", Tensor.of(Shape.of(), 0.5f));
    b.constant("bytes", Tensor.zeros(ElementType.INT8, Shape.of(1, 4, 5, 5)));
    b.add("y", op, inputs.toArray(String[]::new));
    Path file = folder.resolve("no.onnx");
    assertThatThrownBy(() -> OnnxFile.write(b.output("y").build(), file))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining(reason + " cannot be written as ONNX of opset 17");
    assertThat(Files.exists(file)).isFalse();
  }
}
