package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ExportedNodes.flag;
import static io.clarinet.importer.onnx.ExportedNodes.integer;
import static io.clarinet.importer.onnx.ExportedNodes.integers;
import static io.clarinet.importer.onnx.ExportedNodes.real;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.ArgMax;
import io.clarinet.op.BatchStatisticsNorm;
import io.clarinet.op.Compare;
import io.clarinet.op.Dequantize;
import io.clarinet.op.Dropout;
import io.clarinet.op.GatherElements;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Quantize;
import io.clarinet.op.Range;
import io.clarinet.op.Reduce;
import io.clarinet.op.Split;
import io.clarinet.op.Tile;
import io.clarinet.op.TopK;
import io.clarinet.op.Where;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says reductions, normalisations, choices and quantisation in ONNX. */
final class ReductionExport {
  private ReductionExport() {}

  static void register() {
    OperatorExport.put(Reduce.class, ReductionExport::reduce);
    OperatorExport.put(ArgMax.class, ReductionExport::argMax);
    OperatorExport.put(TopK.class, ReductionExport::topK);
    OperatorExport.put(Split.class, (op, n, to) -> add("Split", n, to, axis(op.axis())));
    OperatorExport.put(Range.class, ReductionExport::range);
    OperatorExport.put(
        GatherElements.class, (op, n, to) -> add("GatherElements", n, to, axis(op.axis())));
    OperatorExport.put(Tile.class, (op, n, to) -> add("Tile", n, to));
    OperatorExport.put(Where.class, (op, n, to) -> add("Where", n, to));
    OperatorExport.put(Compare.class, (op, n, to) -> add(name(op.relation()), n, to));
    OperatorExport.put(Dropout.class, (op, n, to) -> add("Dropout", n, to, seed(op)));
    OperatorExport.put(GroupNorm.class, ReductionExport::groupNorm);
    OperatorExport.put(LayerNorm.class, ReductionExport::layerNorm);
    OperatorExport.put(BatchStatisticsNorm.class, ReductionExport::batchNorm);
    OperatorExport.put(Quantize.class, ReductionExport::quantize);
    OperatorExport.put(Dequantize.class, ReductionExport::dequantize);
  }

  private static void add(String op, Node node, ExportedNodes to, AttributeProto... attributes) {
    to.add(op, node.name(), node.inputs(), node.outputs(), attributes);
  }

  private static AttributeProto axis(int axis) {
    return integer("axis", axis);
  }

  private static AttributeProto seed(Dropout op) {
    return integer("seed", op.seed());
  }

  private static String name(Compare.Relation relation) {
    return switch (relation) {
      case EQUAL -> "Equal";
      case LESS -> "Less";
      case LESS_OR_EQUAL -> "LessOrEqual";
      case GREATER -> "Greater";
      case GREATER_OR_EQUAL -> "GreaterOrEqual";
    };
  }

  /** Sums take their axes as an input, the others as an attribute. */
  private static void reduce(Reduce op, Node node, ExportedNodes to) {
    String name =
        switch (op.kind()) {
          case SUM -> "ReduceSum";
          case MEAN -> "ReduceMean";
          case MAX -> "ReduceMax";
          case MIN -> "ReduceMin";
          case L2 -> "ReduceL2";
          case L1 -> "ReduceL1";
          case SUM_SQUARE -> "ReduceSumSquare";
          case PRODUCT -> "ReduceProd";
        };
    AttributeProto keep = flag("keepdims", op.keep());
    String x = node.inputs().get(0);
    long[] axes = op.axes().stream().mapToLong(Integer::longValue).toArray();
    if (node.inputs().size() > 1) {
      Constant given = to.constants().get(node.inputs().get(1));
      SpatialExport.require(given != null, "a reduction along axes that are not constant");
      axes = given == null ? axes : given.tensor().toLongArray();
    }
    if (axes.length == 0 && op.noneIsNone()) {
      ofEachElement(op.kind(), x, node.output(), to);
    } else if (axes.length == 0) {
      to.add(name, List.of(x), node.output(), keep);
    } else if (op.kind() == Reduce.Kind.SUM) {
      to.add(name, List.of(x, to.longs(node.output(), axes)), node.output(), keep);
    } else {
      int[] attribute = Arrays.stream(axes).mapToInt(Math::toIntExact).toArray();
      to.add(name, List.of(x), node.output(), integers("axes", attribute), keep);
    }
  }

  /** What a reduction over no axis leaves of an element. */
  private static void ofEachElement(Reduce.Kind kind, String x, String y, ExportedNodes to) {
    switch (kind) {
      case L1, L2 -> to.add("Abs", List.of(x), y);
      case SUM_SQUARE -> to.add("Mul", List.of(x, x), y);
      default -> to.add("Identity", List.of(x), y);
    }
  }

  private static void range(Range op, Node node, ExportedNodes to) {
    List<String> limits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String element = to.fresh(node.output());
      String index = to.longs(node.output(), i);
      String vector = to.fresh(node.output());
      to.add("Gather", List.of(node.inputs().get(0), index), vector);
      to.add("Squeeze", List.of(vector), element);
      limits.add(element);
    }
    to.add("Range", limits, node.output());
  }

  private static void argMax(ArgMax op, Node node, ExportedNodes to) {
    add(
        op.least() ? "ArgMin" : "ArgMax",
        node,
        to,
        axis(op.axis()),
        flag("keepdims", op.keep()),
        flag("select_last_index", op.last()));
  }

  private static void topK(TopK op, Node node, ExportedNodes to) {
    List<String> inputs = new ArrayList<>(node.inputs());
    if (inputs.size() == 1) {
      inputs.add(to.longs(node.output(), op.k()));
    }
    AttributeProto largest = flag("largest", op.largest());
    to.add("TopK", node.name(), inputs, node.outputs(), axis(op.axis()), largest);
  }

  private static void groupNorm(GroupNorm op, Node node, ExportedNodes to) {
    SpatialExport.require(op.groups() == 0, "a group normalisation");
    add("InstanceNormalization", node, to, real("epsilon", op.epsilon()));
  }

  private static void layerNorm(LayerNorm op, Node node, ExportedNodes to) {
    add("LayerNormalization", node, to, axis(op.axis()), real("epsilon", op.epsilon()));
  }

  private static void batchNorm(BatchStatisticsNorm op, Node node, ExportedNodes to) {
    add(
        "BatchNormalization",
        node,
        to,
        real("epsilon", op.epsilon()),
        real("momentum", op.momentum()),
        flag("training_mode", true));
  }

  private static void quantize(Quantize op, Node node, ExportedNodes to) {
    boolean typed = node.inputs().size() > 2 || op.type() == ElementType.UINT8;
    SpatialExport.require(typed && op.block() == 0, "a quantisation by blocks");
    add("QuantizeLinear", node, to, axis(op.axis()));
  }

  private static void dequantize(Dequantize op, Node node, ExportedNodes to) {
    SpatialExport.require(op.block() == 0, "a quantisation by blocks");
    add("DequantizeLinear", node, to, axis(op.axis()));
  }
}
