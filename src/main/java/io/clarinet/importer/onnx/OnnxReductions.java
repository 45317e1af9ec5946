package io.clarinet.importer.onnx;

import io.clarinet.op.ArgMax;
import io.clarinet.op.Reduce;
import io.clarinet.op.TopK;
import io.clarinet.op.Unary;
import java.util.List;
import java.util.Map;

/** Reductions along axes. */
final class OnnxReductions {
  private OnnxReductions() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("ReduceSum", (node, to) -> reduce(node, to, Reduce.Kind.SUM));
    table.put("ReduceMean", (node, to) -> reduce(node, to, Reduce.Kind.MEAN));
    table.put("ReduceMax", (node, to) -> reduce(node, to, Reduce.Kind.MAX));
    table.put("ReduceMin", (node, to) -> reduce(node, to, Reduce.Kind.MIN));
    table.put("ReduceL2", (node, to) -> reduce(node, to, Reduce.Kind.L2));
    table.put("ReduceL1", (node, to) -> reduce(node, to, Reduce.Kind.L1));
    table.put("ReduceSumSquare", (node, to) -> reduce(node, to, Reduce.Kind.SUM_SQUARE));
    table.put("ReduceProd", (node, to) -> reduce(node, to, Reduce.Kind.PRODUCT));
    table.put("ReduceLogSum", OnnxReductions::logSum);
    table.put("ArgMax", (node, to) -> argMax(node, to, false));
    table.put("ArgMin", (node, to) -> argMax(node, to, true));
    table.put("TopK", OnnxReductions::topK);
  }

  private static void reduce(OnnxNode node, OnnxTranslation to, Reduce.Kind kind) {
    to.results(node, op(node, kind), inputs(node), 1);
  }

  private static Reduce op(OnnxNode node, Reduce.Kind kind) {
    boolean keep = node.integer("keepdims", 1) != 0;
    boolean noop = node.flag("noop_with_empty_axes");
    return new Reduce(kind, node.smalls("axes"), keep, noop);
  }

  private static List<String> inputs(OnnxNode node) {
    return node.hasInput(1) ? List.of(node.input(0), node.input(1)) : List.of(node.input(0));
  }

  private static void logSum(OnnxNode node, OnnxTranslation to) {
    String[] inputs = inputs(node).toArray(String[]::new);
    String sum = to.value(op(node, Reduce.Kind.SUM), inputs);
    to.result(node, new Unary(Unary.Kind.LOG, 0, 0), sum);
  }

  private static void argMax(OnnxNode node, OnnxTranslation to, boolean least) {
    boolean keep = node.integer("keepdims", 1) != 0;
    ArgMax op = new ArgMax(node.small("axis", 0), keep, node.flag("select_last_index"), least);
    to.result(node, op, node.input(0));
  }

  private static void topK(OnnxNode node, OnnxTranslation to) {
    boolean largest = node.integer("largest", 1) != 0;
    TopK op = new TopK(node.small("axis", -1), largest, node.small("k", 0));
    to.results(node, op, inputs(node), 2);
  }
}
