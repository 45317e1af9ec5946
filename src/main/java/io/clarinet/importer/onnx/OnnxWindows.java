package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.integers;
import static io.clarinet.importer.onnx.proto.AttributeProto.text;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;
import io.clarinet.op.WindowNd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The window attributes that convolutions and poolings share, both ways. */
final class OnnxWindows {
  private OnnxWindows() {}

  /** The window over two spatial axes, of a kernel of these extents. */
  static Window2d window2d(OnnxNode node, List<Integer> kernel) {
    List<Integer> strides = perAxis(node, "strides", 2);
    List<Integer> dilations = perAxis(node, "dilations", 2);
    return new Window2d(
        kernel.get(0),
        kernel.get(1),
        strides.get(0),
        strides.get(1),
        dilations.get(0),
        dilations.get(1),
        padding(node));
  }

  /** An attribute with one element a spatial axis, 1 by default. */
  static List<Integer> perAxis(OnnxNode node, String attribute, int axes) {
    List<Integer> values = node.smalls(attribute);
    if (values.isEmpty()) {
      return Collections.nCopies(axes, 1);
    }
    if (values.size() != axes) {
      throw new IllegalArgumentException(
          attribute + " has " + values.size() + " elements for " + axes + " spatial axes");
    }
    return values;
  }

  private static Padding padding(OnnxNode node) {
    return switch (node.text("auto_pad", "NOTSET")) {
      case "NOTSET" -> {
        List<Integer> pads = pads(node, 2);
        yield Padding.of(pads.get(0), pads.get(1), pads.get(2), pads.get(3));
      }
      case "VALID" -> Padding.NONE;
      case "SAME_UPPER" -> Padding.SAME_UPPER;
      case "SAME_LOWER" -> Padding.SAME_LOWER;
      default ->
          throw new IllegalArgumentException("unknown auto_pad " + node.text("auto_pad", ""));
    };
  }

  /** Explicit paddings, before each axis, then after each; 0 by default. */
  static List<Integer> pads(OnnxNode node, int axes) {
    List<Integer> pads = node.smalls("pads");
    if (!pads.isEmpty() && pads.size() != 2 * axes) {
      throw new IllegalArgumentException(pads.size() + " paddings for " + axes + " spatial axes");
    }
    return pads.isEmpty() ? Collections.nCopies(2 * axes, 0) : pads;
  }

  /** The window over as many spatial axes as the kernel has extents. */
  static WindowNd windowNd(OnnxNode node, List<Integer> kernel) {
    int axes = kernel.size();
    Padding.Rule rule =
        switch (node.text("auto_pad", "NOTSET")) {
          case "SAME_UPPER" -> Padding.Rule.SAME_UPPER;
          case "SAME_LOWER" -> Padding.Rule.SAME_LOWER;
          default -> Padding.Rule.EXPLICIT;
        };
    boolean valid = node.text("auto_pad", "").equals("VALID");
    return new WindowNd(
        kernel,
        perAxis(node, "strides", axes),
        perAxis(node, "dilations", axes),
        rule,
        valid ? Collections.nCopies(2 * axes, 0) : pads(node, axes));
  }

  /** A window over two spatial axes as one over any number of them. */
  static WindowNd windowNd(Window2d window) {
    Padding padding = window.padding();
    return new WindowNd(
        List.of(window.kernelH(), window.kernelW()),
        List.of(window.strideH(), window.strideW()),
        List.of(window.dilationH(), window.dilationW()),
        padding.rule(),
        List.of(padding.top(), padding.left(), padding.bottom(), padding.right()));
  }

  /** A window's attributes, to which others may be added. */
  static List<AttributeProto> attributes(WindowNd window) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(integers("kernel_shape", window.kernel()));
    attributes.add(integers("strides", window.strides()));
    attributes.add(integers("dilations", window.dilations()));
    attributes.add(
        window.rule() == Padding.Rule.EXPLICIT
            ? integers("pads", window.pads())
            : text("auto_pad", window.rule().name()));
    return attributes;
  }
}
