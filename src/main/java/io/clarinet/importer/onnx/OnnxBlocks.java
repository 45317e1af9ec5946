package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.integers;

import io.clarinet.graph.Node;
import io.clarinet.op.Col2Im;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Images from blocks that overlap. */
final class OnnxBlocks {
  private OnnxBlocks() {}

  static void register(OnnxOperators table) {
    table.reads("Col2Im", OnnxBlocks::read);
    table.writes(Col2Im.class, OnnxBlocks::write);
  }

  private static void read(OnnxNode node, OnnxTranslation to) {
    Fact block = to.fact(node.input(2));
    node.require(block != null && block.shape().rank() == 1, "a block of unknown rank");
    int axes = Objects.requireNonNull(block).shape().dim(0);
    Col2Im op =
        new Col2Im(
            OnnxWindows.perAxis(node, "strides", axes),
            OnnxWindows.perAxis(node, "dilations", axes),
            OnnxWindows.pads(node, axes));
    to.result(node, op, node.input(0), node.input(1), node.input(2));
  }

  /**
   * As opset 17 has it: a transposed convolution of every channel by itself, whose kernels each
   * hold a single 1.
   */
  private static void write(Col2Im op, Node node, ExportedNodes to) {
    Constant extents = to.known(node.inputs().get(1));
    Constant block = to.known(node.inputs().get(2));
    to.require(extents != null && block != null, "a sum of blocks of sizes that are not constant");
    Fact shape = Fact.of(Objects.requireNonNull(block));
    WindowNd window = op.window(List.of(shape, shape, shape));
    long[] image = Objects.requireNonNull(extents).tensor().toLongArray();
    int[] dims = new int[image.length + 2];
    Arrays.setAll(dims, axis -> axis < 2 ? 1 : Math.toIntExact(image[axis - 2]));
    Shape blocks = op.blocks(window, Shape.of(dims));

    String y = node.output();
    List<Integer> layers = new ArrayList<>(List.of(-1, window.taps()));
    Arrays.stream(blocks.dims()).skip(2).forEach(layers::add);
    String x = node.inputs().get(0);
    String apart = to.value("Reshape", y + "_layers", x, to.longs(y + "_apart", layers));
    String planes = to.fresh(y + "_planes");
    to.add(
        "ConvTranspose",
        List.of(apart, to.constant(y + "_ones", ones(window))),
        planes,
        integers("strides", op.strides()),
        integers("dilations", op.dilations()),
        integers("pads", op.pads()),
        integers("output_padding", beyond(window, dims, blocks)));
    String items =
        to.value("Gather", y + "_n", to.value("Shape", y + "_x", x), to.longs(y + "_0", 0));
    List<Long> rest = new ArrayList<>(List.of(-1L));
    Arrays.stream(image).forEach(rest::add);
    String whole = to.fresh(y + "_whole");
    to.add("Concat", List.of(items, to.longs(y + "_rest", rest)), whole, OnnxAttributes.axis(0));
    to.add("Reshape", List.of(planes, whole), y);
  }

  /** Kernels [taps, 1, …], each with a 1 at its own tap. */
  private static Tensor ones(WindowNd window) {
    List<Integer> dims = new ArrayList<>(List.of(window.taps(), 1));
    dims.addAll(window.kernel());
    Tensor ones = Tensor.zeros(Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
    for (long tap = 0; tap < window.taps(); tap++) {
      ones.set(tap * window.taps() + tap, 1.0);
    }
    return ones;
  }

  /** Pixels behind the last block, along each axis. */
  private static List<Integer> beyond(WindowNd window, int[] image, Shape blocks) {
    List<Integer> beyond = new ArrayList<>(Collections.nCopies(window.axes(), 0));
    for (int axis = 0; axis < window.axes(); axis++) {
      int pads = window.pads().get(axis) + window.pads().get(axis + window.axes());
      int reach = window.dilations().get(axis) * (window.kernel().get(axis) - 1) + 1;
      int covered = (blocks.dim(axis + 2) - 1) * window.strides().get(axis) + reach;
      beyond.set(axis, image[axis + 2] + pads - covered);
    }
    return beyond;
  }
}
