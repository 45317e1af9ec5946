package io.clarinet.importer.onnx;

import io.clarinet.op.BatchNorm;
import io.clarinet.op.Lrn;
import io.clarinet.op.Softmax;
import java.util.List;
import java.util.Map;

/** Normalisations. */
final class Normalizations {
  private Normalizations() {}

  static void register(Map<String, Translator> table) {
    table.put("BatchNormalization", Normalizations::batchNorm);
    table.put("LRN", Normalizations::lrn);
    table.put("Softmax", (node, to) -> softmax(node, to, false));
    table.put("LogSoftmax", (node, to) -> softmax(node, to, true));
  }

  private static void batchNorm(OnnxNode node, Translation to) {
    node.require(!node.flag("training_mode"), "training_mode");
    node.require(node.integer("spatial", 1) == 1, "statistics per pixel (spatial = 0)");
    List<String> inputs =
        List.of(node.input(0), node.input(1), node.input(2), node.input(3), node.input(4));
    to.results(node, new BatchNorm(node.real("epsilon", 1e-5f), null), inputs, 1);
  }

  private static void lrn(OnnxNode node, Translation to) {
    Lrn op =
        new Lrn(
            node.small("size"),
            node.real("alpha", 1e-4f),
            node.real("beta", 0.75f),
            node.real("bias", 1));
    to.result(node, op, node.input(0));
  }

  /** Before opset 13 all axes from {@code axis} on are normalised together. */
  private static void softmax(OnnxNode node, Translation to, boolean log) {
    boolean flat = node.opset() < 13;
    Softmax op = new Softmax(node.small("axis", flat ? 1 : -1), log, flat);
    to.result(node, op, node.input(0));
  }
}
