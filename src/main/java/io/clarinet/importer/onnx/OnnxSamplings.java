package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.flag;
import static io.clarinet.importer.onnx.OnnxAttributes.integers;
import static io.clarinet.importer.onnx.proto.AttributeProto.integer;
import static io.clarinet.importer.onnx.proto.AttributeProto.real;
import static io.clarinet.importer.onnx.proto.AttributeProto.text;

import io.clarinet.graph.Node;
import io.clarinet.op.AffineGrid;
import io.clarinet.op.GridSample;
import io.clarinet.op.GridSample.Mode;
import io.clarinet.op.GridSample.Outside;
import io.clarinet.op.MaxRoiPool;
import io.clarinet.op.RoiAlign;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Images read at other places than their pixels. */
final class OnnxSamplings {
  private OnnxSamplings() {}

  static void register(OnnxOperators table) {
    table.reads("GridSample", OnnxSamplings::gridSample);
    table.reads("AffineGrid", OnnxSamplings::affineGrid);
    table.reads("RoiAlign", OnnxSamplings::roiAlign);
    table.reads("MaxRoiPool", OnnxSamplings::maxRoiPool);
    table.writes(GridSample.class, OnnxSamplings::write);
    table.writes(AffineGrid.class, OnnxSamplings::write);
    table.writes(RoiAlign.class, OnnxSamplings::write);
    table.writes(MaxRoiPool.class, OnnxSamplings::write);
  }

  private static void gridSample(OnnxNode node, OnnxTranslation to) {
    Mode mode =
        switch (node.text("mode", "linear")) {
          case "nearest" -> Mode.NEAREST;
          case "linear", "bilinear" -> Mode.LINEAR;
          case "cubic", "bicubic" -> Mode.CUBIC;
          default -> throw node.unknown("mode");
        };
    Outside outside =
        switch (node.text("padding_mode", "zeros")) {
          case "zeros" -> Outside.ZEROS;
          case "border" -> Outside.BORDER;
          case "reflection" -> Outside.REFLECTION;
          default -> throw node.unknown("padding_mode");
        };
    GridSample op = new GridSample(mode, outside, node.flag("align_corners"));
    to.result(node, op, node.input(0), node.input(1));
  }

  private static void write(GridSample op, Node node, ExportedNodes to) {
    String mode =
        switch (op.mode()) {
          case NEAREST -> "nearest";
          case LINEAR -> "bilinear";
          case CUBIC -> "bicubic";
        };
    to.add(
        "GridSample",
        node,
        text("mode", mode),
        text("padding_mode", op.outside().name().toLowerCase(Locale.ROOT)),
        flag("align_corners", op.alignCorners()));
  }

  private static void affineGrid(OnnxNode node, OnnxTranslation to) {
    to.result(node, new AffineGrid(node.flag("align_corners")), node.input(0), node.input(1));
  }

  /** Opset 17 has it only as the product of the maps and the pixels' coordinates. */
  private static void write(AffineGrid op, Node node, ExportedNodes to) {
    Constant size = to.known(node.inputs().get(1));
    to.require(size != null, "a grid of a size that is not constant");
    long[] extents = Objects.requireNonNull(size).tensor().toLongArray();
    int axes = extents.length - 2;
    String y = node.output();
    String pixels =
        to.constant(y + "_pixels", pixels(op, Arrays.copyOfRange(extents, 2, axes + 2)));
    String maps = to.fresh(y + "_maps");
    to.add("Transpose", List.of(node.inputs().get(0)), maps, integers("perm", List.of(0, 2, 1)));
    String places = to.value("MatMul", y + "_places", pixels, maps);
    long[] shape = new long[axes + 2];
    System.arraycopy(extents, 2, shape, 1, axes);
    shape[axes + 1] = axes;
    to.add("Reshape", List.of(places, to.longs(y + "_shape", shape)), y);
  }

  /** The coordinates of every pixel, the innermost axis' first, and a 1. */
  private static Tensor pixels(AffineGrid op, long[] extents) {
    int axes = extents.length;
    int[] dims = Arrays.stream(extents).mapToInt(Math::toIntExact).toArray();
    Tensor pixels = Tensor.zeros(Shape.of((int) Shape.of(dims).size(), axes + 1));
    for (long i = 0; i < pixels.shape().n(); i++) {
      long rest = i;
      for (int axis = 0; axis < axes; axis++) {
        int extent = dims[axes - 1 - axis];
        pixels.set(i * (axes + 1) + axis, op.centre((int) (rest % extent), extent));
        rest /= extent;
      }
      pixels.set(i * (axes + 1) + axes, 1.0);
    }
    return pixels;
  }

  private static void roiAlign(OnnxNode node, OnnxTranslation to) {
    boolean largest =
        switch (node.text("mode", "avg")) {
          case "avg" -> false;
          case "max" -> true;
          default -> throw node.unknown("mode");
        };
    String before = "output_half_pixel";
    String otherwise = node.opset() < 16 ? before : "half_pixel";
    boolean halfPixel =
        switch (node.text("coordinate_transformation_mode", otherwise)) {
          case "half_pixel" -> true;
          case "output_half_pixel" -> false;
          default -> throw node.unknown("coordinate_transformation_mode");
        };
    RoiAlign op =
        new RoiAlign(
            largest,
            halfPixel,
            node.small("output_height", 1),
            node.small("output_width", 1),
            node.small("sampling_ratio", 0),
            node.real("spatial_scale", 1));
    to.result(node, op, node.input(0), node.input(1), node.input(2));
  }

  private static void write(RoiAlign op, Node node, ExportedNodes to) {
    to.add(
        "RoiAlign",
        node,
        text("mode", op.largest() ? "max" : "avg"),
        text("coordinate_transformation_mode", op.halfPixel() ? "half_pixel" : "output_half_pixel"),
        integer("output_height", op.height()),
        integer("output_width", op.width()),
        integer("sampling_ratio", op.samples()),
        real("spatial_scale", op.scale()));
  }

  private static void maxRoiPool(OnnxNode node, OnnxTranslation to) {
    List<Integer> cells = node.smalls("pooled_shape");
    if (cells.size() != 2) {
      throw new IllegalArgumentException("pooled_shape has " + cells.size() + " elements, not 2");
    }
    MaxRoiPool op = new MaxRoiPool(cells.get(0), cells.get(1), node.real("spatial_scale", 1));
    to.result(node, op, node.input(0), node.input(1));
  }

  private static void write(MaxRoiPool op, Node node, ExportedNodes to) {
    to.add(
        "MaxRoiPool",
        node,
        integers("pooled_shape", List.of(op.height(), op.width())),
        real("spatial_scale", op.scale()));
  }
}
