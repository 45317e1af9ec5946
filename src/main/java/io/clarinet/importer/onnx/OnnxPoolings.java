package io.clarinet.importer.onnx;

import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pool2d;
import io.clarinet.op.PoolNd;
import java.util.List;
import java.util.Map;

/** Poolings. */
final class OnnxPoolings {
  private OnnxPoolings() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("MaxPool", (node, to) -> pool(node, to, Pool2d.Kind.MAX));
    table.put("AveragePool", (node, to) -> pool(node, to, Pool2d.Kind.AVERAGE));
    table.put("LpPool", (node, to) -> poolNd(node, to, PoolNd.Kind.LP));
    table.put(
        "GlobalAveragePool", (node, to) -> to.result(node, GlobalPool2d.AVERAGE, node.input(0)));
    table.put("GlobalMaxPool", (node, to) -> to.result(node, GlobalPool2d.MAX, node.input(0)));
  }

  private static void pool(OnnxNode node, OnnxTranslation to, Pool2d.Kind kind) {
    List<Integer> kernel = node.smalls("kernel_shape");
    if (kernel.size() != 2 || node.hasOutput(1)) {
      boolean max = kind == Pool2d.Kind.MAX;
      poolNd(node, to, max ? PoolNd.Kind.MAX : PoolNd.Kind.AVERAGE);
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

  private static void poolNd(OnnxNode node, OnnxTranslation to, PoolNd.Kind kind) {
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
            node.small("p", 2),
            indices);
    to.results(node, op, List.of(node.input(0)), indices == PoolNd.Indices.NONE ? 1 : 2);
  }
}
