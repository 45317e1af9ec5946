package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;

import io.clarinet.graph.Node;
import io.clarinet.op.Concat;
import io.clarinet.op.Slice;
import io.clarinet.op.Split;
import io.clarinet.tensor.Fact;
import java.util.Arrays;
import java.util.List;

/** Tensors put together along an axis, and taken apart again. */
final class OnnxConcatenations {
  private OnnxConcatenations() {}

  static void register(OnnxOperators table) {
    table.reads("Concat", OnnxConcatenations::readConcat);
    table.reads("Split", OnnxConcatenations::readSplit);
    table.writes(Concat.class, OnnxConcatenations::writeConcat);
    table.writes(Split.class, (op, node, to) -> to.add("Split", node, axis(op.axis())));
  }

  private static void readConcat(OnnxNode node, OnnxTranslation to) {
    int axis = node.opset() < 4 ? node.small("axis", 1) : node.small("axis");
    to.results(node, new Concat(axis), node.allInputs(), 1);
  }

  private static void writeConcat(Concat op, Node node, ExportedNodes to) {
    to.add("Concat", node.inputs(), node.output(), axis(op.axis()));
  }

  /** Reads a split, as slices where the parts' extents are known. */
  private static void readSplit(OnnxNode node, OnnxTranslation to) {
    int axis = node.small("axis", 0);
    int parts = node.outputs().size();
    Fact x = to.fact(node.input(0));
    long[] extents = node.integers("split").stream().mapToLong(Long::longValue).toArray();
    if (node.hasInput(1)) {
      extents = to.knownLongs(node.input(1), parts);
    } else if (extents.length == 0 && x != null) {
      int extent = x.shape().dim(x.shape().axis(axis));
      extents = Arrays.stream(Split.extents(extent, parts)).asLongStream().toArray();
    }
    if (extents == null || extents.length == 0) {
      to.results(node, new Split(axis, parts), node.inputs(1), parts);
      return;
    }
    if (extents.length != parts) {
      throw new IllegalArgumentException(extents.length + " extents for " + parts + " outputs");
    }
    long end = slices(node, to, axis, extents);
    if (x != null && end != x.shape().dim(x.shape().axis(axis))) {
      throw new IllegalArgumentException("the parts of " + x.shape() + " do not add up");
    }
  }

  /** Adds a slice for each part. Returns where the last one ends. */
  private static long slices(OnnxNode node, OnnxTranslation to, int axis, long[] extents) {
    long start = 0;
    for (int i = 0; i < extents.length; i++) {
      long end = Math.addExact(start, extents[i]);
      to.result(node, i, new Slice(List.of(new Slice.Range(axis, start, end, 1))), node.input(0));
      start = end;
    }
    return start;
  }
}
