package io.clarinet.importer.onnx;

import io.clarinet.op.Expand;
import io.clarinet.op.Tile;

/** The same elements several times. */
final class OnnxRepetitions {
  private OnnxRepetitions() {}

  static void register(OnnxOperators table) {
    table.reads(
        "Expand", (node, to) -> to.result(node, new Expand(), node.input(0), node.input(1)));
    table.reads("Tile", (node, to) -> to.result(node, new Tile(), node.input(0), node.input(1)));
    table.writes(Expand.class, (op, node, to) -> to.add("Expand", node.inputs(), node.output()));
    table.writes(Tile.class, (op, node, to) -> to.add("Tile", node));
  }
}
