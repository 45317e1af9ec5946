package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.integers;
import static io.clarinet.importer.onnx.proto.AttributeProto.integer;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvNd;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions. */
final class OnnxConvolutions {
  private OnnxConvolutions() {}

  static void register(OnnxOperators table) {
    table.reads("Conv", OnnxConvolutions::readConv);
    table.reads("ConvTranspose", OnnxConvolutions::readConvTranspose);
    table.writes(Conv2d.class, OnnxConvolutions::writeConv2d);
    table.writes(ConvNd.class, OnnxConvolutions::writeConvNd);
    table.writes(ConvTranspose.class, OnnxConvolutions::writeConvTranspose);
  }

  private static void readConv(OnnxNode node, OnnxTranslation to) {
    to.results(node, op(node, to), node.inputs(2), 1);
  }

  /** Adds the convolution of a node that does more. Returns its result. */
  static String conv(OnnxNode node, OnnxTranslation to, String x) {
    List<String> inputs = new ArrayList<>(node.inputs(2));
    inputs.set(0, x);
    return to.value(op(node, to), inputs.toArray(String[]::new));
  }

  private static Op op(OnnxNode node, OnnxTranslation to) {
    List<Integer> kernel = kernel(node, to);
    int groups = node.small("group", 1);
    if (kernel.size() != 2) {
      return new ConvNd(OnnxWindows.windowNd(node, kernel), groups);
    }
    Epilogue epilogue = node.hasInput(2) ? Epilogue.BIAS : Epilogue.NONE;
    return new Conv2d(OnnxWindows.window2d(node, kernel), groups, epilogue);
  }

  private static void readConvTranspose(OnnxNode node, OnnxTranslation to) {
    WindowNd window = OnnxWindows.windowNd(node, kernel(node, to));
    List<Integer> shape = node.smalls("output_shape");
    List<Integer> padding = node.smalls("output_padding");
    if ((!shape.isEmpty() && shape.size() != window.axes())
        || (!padding.isEmpty() && padding.size() != window.axes())) {
      throw new IllegalArgumentException("output_shape or output_padding miss an axis");
    }
    ConvTranspose op = new ConvTranspose(window, node.small("group", 1), padding, shape);
    to.results(node, op, node.inputs(2), 1);
  }

  /** The kernel's extents: the attribute, or the weights' own. */
  private static List<Integer> kernel(OnnxNode node, OnnxTranslation to) {
    if (node.has("kernel_shape")) {
      return node.smalls("kernel_shape");
    }
    Fact weights = to.fact(node.input(1));
    if (weights == null || weights.shape().rank() < 3) {
      throw new IllegalArgumentException("neither kernel_shape nor the weights tell the kernel");
    }
    int[] dims = weights.shape().dims();
    return Arrays.stream(dims, 2, dims.length).boxed().toList();
  }

  private static void writeConv2d(Conv2d op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = attributes(OnnxWindows.windowNd(op.window()), op.groups());
    OnnxEpilogues.write("Conv", op.epilogue(), node, to, attributes);
  }

  private static void writeConvNd(ConvNd op, Node node, ExportedNodes to) {
    to.add("Conv", node, attributes(op.window(), op.groups()));
  }

  private static void writeConvTranspose(ConvTranspose op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = attributes(op.window(), op.groups());
    if (!op.outputPadding().isEmpty()) {
      attributes.add(integers("output_padding", op.outputPadding()));
    }
    if (!op.outputShape().isEmpty()) {
      attributes.add(integers("output_shape", op.outputShape()));
    }
    to.add("ConvTranspose", node, attributes);
  }

  private static List<AttributeProto> attributes(WindowNd window, int groups) {
    List<AttributeProto> attributes = OnnxWindows.attributes(window);
    attributes.add(integer("group", groups));
    return attributes;
  }
}
