package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ExportedNodes.attribute;
import static io.clarinet.importer.onnx.ExportedNodes.flag;
import static io.clarinet.importer.onnx.ExportedNodes.integer;
import static io.clarinet.importer.onnx.ExportedNodes.real;
import static io.clarinet.importer.onnx.ExportedNodes.text;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.AttributeProto.AttributeType;
import io.clarinet.op.ConvNd;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Interpolation;
import io.clarinet.op.Padding;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Resize;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says operators over any number of spatial axes, and those that resize, in ONNX. */
final class SpatialExport {
  private SpatialExport() {}

  static void register() {
    OperatorExport.put(ConvNd.class, SpatialExport::conv);
    OperatorExport.put(ConvTranspose.class, SpatialExport::convTranspose);
    OperatorExport.put(PoolNd.class, SpatialExport::pool);
    OperatorExport.put(Resize.class, SpatialExport::resize);
    OperatorExport.put(DepthToSpace.class, SpatialExport::depthToSpace);
    OperatorExport.put(
        SpaceToDepth.class,
        (op, n, to) ->
            to.add("SpaceToDepth", n.inputs(), n.output(), integer("blocksize", op.block())));
  }

  private static void conv(ConvNd op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = window(op.window());
    attributes.add(integer("group", op.groups()));
    add("Conv", node, to, attributes);
  }

  private static void convTranspose(ConvTranspose op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = window(op.window());
    attributes.add(integer("group", op.groups()));
    if (!op.outputPadding().isEmpty()) {
      attributes.add(list("output_padding", op.outputPadding()));
    }
    if (!op.outputShape().isEmpty()) {
      attributes.add(list("output_shape", op.outputShape()));
    }
    add("ConvTranspose", node, to, attributes);
  }

  private static void pool(PoolNd op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = window(op.window());
    boolean dilated = op.window().dilations().stream().anyMatch(d -> d != 1);
    boolean max = op.kind() == PoolNd.Kind.MAX;
    if (!max) {
      require(!dilated, "a dilated pooling other than a maximum");
      attributes.removeIf(a -> a.getName().equals("dilations"));
    }
    if (op.kind() == PoolNd.Kind.LP) {
      require(!op.ceil(), "an LP pooling that counts partial windows");
      attributes.add(integer("p", op.norm()));
    } else {
      attributes.add(flag("ceil_mode", op.ceil()));
    }
    if (op.kind() == PoolNd.Kind.AVERAGE) {
      attributes.add(flag("count_include_pad", op.countPadding()));
    }
    if (op.indices() == PoolNd.Indices.COLUMN_MAJOR) {
      attributes.add(integer("storage_order", 1));
    }
    String name = max ? "MaxPool" : op.kind() == PoolNd.Kind.LP ? "LpPool" : "AveragePool";
    add(name, node, to, attributes);
  }

  private static void add(String op, Node node, ExportedNodes to, List<AttributeProto> attributes) {
    to.add(
        op, node.name(), node.inputs(), node.outputs(), attributes.toArray(AttributeProto[]::new));
  }

  static void require(boolean possible, String what) {
    if (!possible) {
      throw new IllegalArgumentException(what + " cannot be written as ONNX of opset 17");
    }
  }

  private static AttributeProto list(String name, List<Integer> values) {
    AttributeProto.Builder list = attribute(name, AttributeType.INTS);
    values.forEach(list::addInts);
    return list.build();
  }

  private static List<AttributeProto> window(WindowNd window) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(list("kernel_shape", window.kernel()));
    attributes.add(list("strides", window.strides()));
    attributes.add(list("dilations", window.dilations()));
    attributes.add(
        window.rule() == Padding.Rule.EXPLICIT
            ? list("pads", window.pads())
            : text("auto_pad", window.rule().name()));
    return attributes;
  }

  private static void depthToSpace(DepthToSpace op, Node node, ExportedNodes to) {
    to.add(
        "DepthToSpace",
        node.inputs(),
        node.output(),
        integer("blocksize", op.block()),
        text("mode", op.channelsFirst() ? "CRD" : "DCR"));
  }

  private static void resize(Resize op, Node node, ExportedNodes to) {
    Interpolation how = op.interpolation();
    Constant target = to.constants().get(node.inputs().get(1));
    require(target != null, "a resizing to a size that is not constant");
    require(op.policy() == Resize.Policy.STRETCH, "a resizing that keeps proportions");
    require(op.axes().isEmpty(), "a resizing of some axes");
    require(!how.antialias(), "an antialiased resizing");
    require(op.coordinates() != Resize.Coordinates.HALF_PIXEL_SYMMETRIC, "a symmetric resizing");
    boolean scales = target != null && target.type() == ElementType.FLOAT32;
    List<String> inputs = new ArrayList<>(List.of(node.inputs().get(0)));
    inputs.add(node.inputs().size() > 2 ? node.inputs().get(2) : "");
    inputs.add(scales ? node.inputs().get(1) : "");
    if (!scales) {
      inputs.add(node.inputs().get(1));
    }
    boolean crop = op.coordinates() == Resize.Coordinates.CROP;
    String rounding = how.rounding().name().toLowerCase(Locale.ROOT);
    to.add(
        "Resize",
        inputs,
        node.output(),
        text("mode", how.mode().name().toLowerCase(Locale.ROOT)),
        text("nearest_mode", rounding.replace("prefer", "round_prefer")),
        text(
            "coordinate_transformation_mode",
            crop ? "tf_crop_and_resize" : op.coordinates().name().toLowerCase(Locale.ROOT)),
        real("cubic_coeff_a", how.cubic()),
        flag("exclude_outside", how.excludeOutside()),
        real("extrapolation_value", op.extrapolation()));
  }
}
