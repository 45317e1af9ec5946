package io.clarinet.importer.onnx;

import io.clarinet.op.Expand;
import io.clarinet.op.Tile;
import java.util.Arrays;
import java.util.Objects;

/** The same elements several times. */
final class OnnxRepetitions {
  private OnnxRepetitions() {}

  static void register(OnnxOperators table) {
    table.reads(
        "Expand", (node, to) -> to.result(node, new Expand(), node.input(0), node.input(1)));
    table.reads("Tile", OnnxRepetitions::readTile);
    table.writes(Expand.class, (op, node, to) -> to.add("Expand", node.inputs(), node.output()));
    table.writes(Tile.class, (op, node, to) -> to.add("Tile", node));
  }

  /** Before opset 6 along one axis. */
  private static void readTile(OnnxNode node, OnnxTranslation to) {
    if (node.opset() >= 6) {
      to.result(node, new Tile(), node.input(0), node.input(1));
      return;
    }
    long[] tiles = to.knownLongs(node.input(1), 1);
    long[] axis = to.knownLongs(node.input(2), 1);
    int rank = to.rank(node.input(0));
    node.require(tiles != null && axis != null && rank >= 0, "tiles that are not constant");
    long[] repeats = new long[rank];
    Arrays.fill(repeats, 1);
    repeats[Math.toIntExact(Objects.requireNonNull(axis)[0])] = Objects.requireNonNull(tiles)[0];
    to.result(node, new Tile(), node.input(0), to.constant(repeats));
  }
}
