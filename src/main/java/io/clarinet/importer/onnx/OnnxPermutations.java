package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.integers;
import static io.clarinet.importer.onnx.proto.AttributeProto.integer;
import static io.clarinet.importer.onnx.proto.AttributeProto.text;

import io.clarinet.graph.Node;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.Transpose;

/** The same elements in another order. */
final class OnnxPermutations {
  private OnnxPermutations() {}

  static void register(OnnxOperators table) {
    table.reads("Transpose", OnnxPermutations::readTranspose);
    table.reads("DepthToSpace", OnnxPermutations::readDepthToSpace);
    table.reads("SpaceToDepth", OnnxPermutations::readSpaceToDepth);
    table.writes(Transpose.class, OnnxPermutations::writeTranspose);
    table.writes(DepthToSpace.class, OnnxPermutations::writeDepthToSpace);
    table.writes(SpaceToDepth.class, OnnxPermutations::writeSpaceToDepth);
  }

  private static void readTranspose(OnnxNode node, OnnxTranslation to) {
    to.result(node, new Transpose(node.smalls("perm")), node.input(0));
  }

  private static void writeTranspose(Transpose op, Node node, ExportedNodes to) {
    if (op.permutation().isEmpty()) {
      to.add("Transpose", node.inputs(), node.output());
    } else {
      to.add("Transpose", node.inputs(), node.output(), integers("perm", op.permutation()));
    }
  }

  private static void readDepthToSpace(OnnxNode node, OnnxTranslation to) {
    boolean channelsFirst = node.text("mode", "DCR").equals("CRD");
    to.result(node, new DepthToSpace(node.small("blocksize"), channelsFirst), node.input(0));
  }

  private static void writeDepthToSpace(DepthToSpace op, Node node, ExportedNodes to) {
    to.add(
        "DepthToSpace",
        node.inputs(),
        node.output(),
        integer("blocksize", op.block()),
        text("mode", op.channelsFirst() ? "CRD" : "DCR"));
  }

  private static void readSpaceToDepth(OnnxNode node, OnnxTranslation to) {
    to.result(node, new SpaceToDepth(node.small("blocksize")), node.input(0));
  }

  private static void writeSpaceToDepth(SpaceToDepth op, Node node, ExportedNodes to) {
    to.add("SpaceToDepth", node.inputs(), node.output(), integer("blocksize", op.block()));
  }
}
