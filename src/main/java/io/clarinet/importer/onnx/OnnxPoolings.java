package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.flag;
import static io.clarinet.importer.onnx.proto.AttributeProto.integer;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.MaxUnpool;
import io.clarinet.op.Pool2d;
import io.clarinet.op.PoolNd;
import io.clarinet.op.WindowNd;
import java.util.List;

/** Poolings. */
final class OnnxPoolings {
  private OnnxPoolings() {}

  static void register(OnnxOperators table) {
    table.reads("MaxPool", (node, to) -> read(node, to, Pool2d.Kind.MAX));
    table.reads("AveragePool", (node, to) -> read(node, to, Pool2d.Kind.AVERAGE));
    table.reads("LpPool", (node, to) -> readNd(node, to, PoolNd.Kind.LP));
    table.reads(
        "GlobalAveragePool", (node, to) -> to.result(node, GlobalPool2d.AVERAGE, node.input(0)));
    table.reads("GlobalMaxPool", (node, to) -> to.result(node, GlobalPool2d.MAX, node.input(0)));
    table.reads("MaxUnpool", OnnxPoolings::readUnpool);
    table.writes(MaxUnpool.class, OnnxPoolings::writeUnpool);
    table.writes(Pool2d.class, OnnxPoolings::write2d);
    table.writes(PoolNd.class, OnnxPoolings::writeNd);
    table.writes(GlobalPool2d.class, OnnxPoolings::writeGlobal);
  }

  private static void read(OnnxNode node, OnnxTranslation to, Pool2d.Kind kind) {
    List<Integer> kernel = node.smalls("kernel_shape");
    if (kernel.size() != 2 || node.hasOutput(1)) {
      boolean max = kind == Pool2d.Kind.MAX;
      readNd(node, to, max ? PoolNd.Kind.MAX : PoolNd.Kind.AVERAGE);
      return;
    }
    Pool2d op =
        new Pool2d(
            kind,
            OnnxWindows.window2d(node, kernel),
            node.flag("ceil_mode"),
            node.flag("count_include_pad"));
    to.result(node, op, node.input(0));
  }

  private static void readNd(OnnxNode node, OnnxTranslation to, PoolNd.Kind kind) {
    PoolNd.Indices indices =
        !node.hasOutput(1)
            ? PoolNd.Indices.NONE
            : node.flag("storage_order") ? PoolNd.Indices.COLUMN_MAJOR : PoolNd.Indices.ROW_MAJOR;
    PoolNd op =
        new PoolNd(
            kind,
            OnnxWindows.windowNd(node, node.smalls("kernel_shape")),
            node.flag("ceil_mode"),
            node.flag("count_include_pad"),
            norm(node),
            indices);
    to.results(node, op, List.of(node.input(0)), indices == PoolNd.Indices.NONE ? 1 : 2);
  }

  /** Before opset 2 it is a real number. */
  private static int norm(OnnxNode node) {
    if (node.opset() >= 2) {
      return node.small("p", 2);
    }
    float p = node.real("p", 2);
    node.require(p == (int) p, "a norm of " + p);
    return (int) p;
  }

  private static void readUnpool(OnnxNode node, OnnxTranslation to) {
    MaxUnpool op = new MaxUnpool(OnnxWindows.windowNd(node, node.smalls("kernel_shape")));
    to.results(node, op, node.inputs(2), 1);
  }

  private static void writeUnpool(MaxUnpool op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes = OnnxWindows.attributes(op.window());
    attributes.removeIf(a -> a.name().equals("dilations"));
    to.add("MaxUnpool", node, attributes);
  }

  private static void write2d(Pool2d op, Node node, ExportedNodes to) {
    boolean max = op.kind() == Pool2d.Kind.MAX;
    List<AttributeProto> attributes = window(OnnxWindows.windowNd(op.window()), max, to);
    attributes.add(flag("ceil_mode", op.ceil()));
    if (!max) {
      attributes.add(flag("count_include_pad", op.countPadding()));
    }
    String y = node.output();
    to.add(max ? "MaxPool" : "AveragePool", y, node.inputs(), List.of(y), attributes);
  }

  private static void writeNd(PoolNd op, Node node, ExportedNodes to) {
    boolean max = op.kind() == PoolNd.Kind.MAX;
    List<AttributeProto> attributes = window(op.window(), max, to);
    if (op.kind() == PoolNd.Kind.LP) {
      to.require(!op.ceil(), "an LP pooling that counts partial windows");
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
    to.add(name(op.kind()), node, attributes);
  }

  private static String name(PoolNd.Kind kind) {
    return switch (kind) {
      case MAX -> "MaxPool";
      case AVERAGE -> "AveragePool";
      case LP -> "LpPool";
    };
  }

  /** A window's attributes; before opset 19 only maxima have dilations. */
  private static List<AttributeProto> window(WindowNd window, boolean max, ExportedNodes to) {
    List<AttributeProto> attributes = OnnxWindows.attributes(window);
    if (!max) {
      boolean dilated = window.dilations().stream().anyMatch(d -> d != 1);
      to.require(!dilated, "a dilated pooling other than a maximum");
      attributes.removeIf(a -> a.name().equals("dilations"));
    }
    return attributes;
  }

  private static void writeGlobal(GlobalPool2d op, Node node, ExportedNodes to) {
    boolean max = op.kind() == Pool2d.Kind.MAX;
    to.add(max ? "GlobalMaxPool" : "GlobalAveragePool", node.inputs(), node.output());
  }
}
