package io.clarinet.importer.onnx;

import io.clarinet.op.ArgMax;
import io.clarinet.op.Reduce;
import io.clarinet.op.TopK;
import java.util.List;
import java.util.Map;

/** Reductions along axes. */
final class Reductions {
  private Reductions() {}

  static void register(Map<String, Translator> table) {
    table.put("ReduceSum", (node, to) -> reduce(node, to, Reduce.Kind.SUM));
    table.put("ReduceMean", (node, to) -> reduce(node, to, Reduce.Kind.MEAN));
    table.put("ReduceMax", (node, to) -> reduce(node, to, Reduce.Kind.MAX));
    table.put("ReduceMin", (node, to) -> reduce(node, to, Reduce.Kind.MIN));
    table.put("ReduceL2", (node, to) -> reduce(node, to, Reduce.Kind.L2));
    table.put("ArgMax", Reductions::argMax);
    table.put("TopK", Reductions::topK);
  }

  private static void reduce(OnnxNode node, Translation to, Reduce.Kind kind) {
    boolean keep = node.integer("keepdims", 1) != 0;
    boolean noop = node.flag("noop_with_empty_axes");
    Reduce op = new Reduce(kind, node.smalls("axes"), keep, noop);
    List<String> inputs =
        node.hasInput(1) ? List.of(node.input(0), node.input(1)) : List.of(node.input(0));
    to.results(node, op, inputs, 1);
  }

  private static void argMax(OnnxNode node, Translation to) {
    boolean keep = node.integer("keepdims", 1) != 0;
    ArgMax op = new ArgMax(node.small("axis", 0), keep, node.flag("select_last_index"));
    to.result(node, op, node.input(0));
  }

  private static void topK(OnnxNode node, Translation to) {
    boolean largest = node.integer("largest", 1) != 0;
    TopK op = new TopK(node.small("axis", -1), largest, node.small("k", 0));
    List<String> inputs =
        node.hasInput(1) ? List.of(node.input(0), node.input(1)) : List.of(node.input(0));
    to.results(node, op, inputs, 2);
  }
}
