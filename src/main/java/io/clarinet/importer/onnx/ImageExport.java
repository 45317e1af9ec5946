package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ExportedNodes.flag;
import static io.clarinet.importer.onnx.ExportedNodes.integer;
import static io.clarinet.importer.onnx.ExportedNodes.integers;
import static io.clarinet.importer.onnx.ExportedNodes.text;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.ArrayList;
import java.util.List;

/** Says convolutions, dense layers and poolings in ONNX. */
final class ImageExport {
  private ImageExport() {}

  static void register() {
    OperatorExport.put(Conv2d.class, ImageExport::conv);
    OperatorExport.put(Dense.class, ImageExport::dense);
    OperatorExport.put(Pool2d.class, ImageExport::pool);
  }

  private static void conv(Conv2d op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = window(op.window());
    attributes.add(integer("group", op.groups()));
    withEpilogue("Conv", op.epilogue(), node, to, attributes);
  }

  private static void dense(Dense op, Node node, ExportedNodes to) {
    withEpilogue("Gemm", op.epilogue(), node, to, List.of(flag("transB", op.transposed())));
  }

  /** The operator with its bias, then the residual, then the activation. */
  private static void withEpilogue(
      String name,
      Epilogue epilogue,
      Node node,
      ExportedNodes to,
      List<AttributeProto> attributes) {
    List<String> inputs = node.inputs().subList(0, epilogue.bias() ? 3 : 2);
    String active = OperatorExport.before(epilogue.activation(), node.output(), to);
    String sum = epilogue.residual() ? to.fresh(node.output()) : active;
    to.add(name, inputs, sum, attributes.toArray(AttributeProto[]::new));
    if (epilogue.residual()) {
      to.add("Add", List.of(sum, node.inputs().get(epilogue.residualIndex())), active);
    }
    OperatorExport.after(epilogue.activation(), active, node.output(), to);
  }

  private static void pool(Pool2d op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = window(op.window());
    attributes.add(flag("ceil_mode", op.ceil()));
    boolean max = op.kind() == Pool2d.Kind.MAX;
    if (!max) {
      attributes.add(flag("count_include_pad", op.countPadding()));
      attributes.removeIf(a -> a.getName().equals("dilations"));
      requireDense(op.window());
    }
    to.add(
        max ? "MaxPool" : "AveragePool",
        node.inputs(),
        node.output(),
        attributes.toArray(AttributeProto[]::new));
  }

  /** Averages have no dilation before opset 19. */
  private static void requireDense(Window2d window) {
    if (window.dilationH() != 1 || window.dilationW() != 1) {
      throw new IllegalArgumentException("a dilated average cannot be written as ONNX");
    }
  }

  private static List<AttributeProto> window(Window2d window) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(integers("kernel_shape", window.kernelH(), window.kernelW()));
    attributes.add(integers("strides", window.strideH(), window.strideW()));
    attributes.add(integers("dilations", window.dilationH(), window.dilationW()));
    Padding padding = window.padding();
    attributes.add(
        padding.isAutomatic()
            ? text("auto_pad", padding.rule().name())
            : integers("pads", padding.top(), padding.left(), padding.bottom(), padding.right()));
    return attributes;
  }
}
