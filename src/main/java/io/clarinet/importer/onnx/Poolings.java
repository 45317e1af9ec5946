package io.clarinet.importer.onnx;

import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pool2d;
import java.util.List;
import java.util.Map;

/** Poolings. */
final class Poolings {
  private Poolings() {}

  static void register(Map<String, Translator> table) {
    table.put("MaxPool", (node, to) -> pool(node, to, Pool2d.Kind.MAX));
    table.put("AveragePool", (node, to) -> pool(node, to, Pool2d.Kind.AVERAGE));
    table.put(
        "GlobalAveragePool", (node, to) -> to.result(node, GlobalPool2d.AVERAGE, node.input(0)));
    table.put("GlobalMaxPool", (node, to) -> to.result(node, GlobalPool2d.MAX, node.input(0)));
  }

  private static void pool(OnnxNode node, Translation to, Pool2d.Kind kind) {
    List<Integer> kernel = node.smalls("kernel_shape");
    node.require(!node.hasOutput(1), "indices as an output");
    node.require(kernel.size() == 2, kernel.size() + " spatial axes");
    Pool2d op =
        new Pool2d(
            kind,
            Windows.window2d(node, kernel),
            node.flag("ceil_mode"),
            node.flag("count_include_pad"));
    to.result(node, op, node.input(0));
  }
}
