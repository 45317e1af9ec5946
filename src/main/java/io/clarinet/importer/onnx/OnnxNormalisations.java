package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.OnnxAttributes.flag;
import static io.clarinet.importer.onnx.proto.AttributeProto.integer;
import static io.clarinet.importer.onnx.proto.AttributeProto.real;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.BatchStatisticsNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Lrn;
import io.clarinet.op.Reduce;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations. */
final class OnnxNormalisations {
  private OnnxNormalisations() {}

  static void register(OnnxOperators table) {
    table.reads("BatchNormalization", OnnxNormalisations::readBatch);
    table.reads("LRN", OnnxNormalisations::readLrn);
    table.reads("InstanceNormalization", (node, to) -> readGroup(node, to, 0));
    table.reads("GroupNormalization", (node, to) -> readGroup(node, to, node.small("num_groups")));
    table.reads("LayerNormalization", OnnxNormalisations::readLayer);
    table.reads("MeanVarianceNormalization", OnnxNormalisations::readMeanVariance);
    table.reads("RMSNormalization", OnnxNormalisations::readRms);
    table.reads("LpNormalization", OnnxNormalisations::readLp);
    table.writes(BatchNorm.class, OnnxNormalisations::writeBatch);
    table.writes(BatchStatisticsNorm.class, OnnxNormalisations::writeBatchStatistics);
    table.writes(GroupNorm.class, OnnxNormalisations::writeGroup);
    table.writes(LayerNorm.class, OnnxNormalisations::writeLayer);
    table.writes(Lrn.class, OnnxNormalisations::writeLrn);
  }

  private static void readBatch(OnnxNode node, OnnxTranslation to) {
    boolean perChannel =
        node.integer("spatial", 1) == 1 || node.opset() >= 9 || to.rank(node.input(3)) == 1;
    node.require(perChannel, "statistics per pixel (spatial = 0)");
    List<String> inputs =
        List.of(node.input(0), node.input(1), node.input(2), node.input(3), node.input(4));
    float epsilon = node.real("epsilon", 1e-5f);
    if (node.flag("training_mode") && to.usesBatchStatistics(node)) {
      to.results(node, new BatchStatisticsNorm(epsilon, node.real("momentum", 0.9f)), inputs, 3);
    } else {
      to.results(node, new BatchNorm(epsilon, null), inputs, 1);
    }
  }

  private static void readGroup(OnnxNode node, OnnxTranslation to, int groups) {
    GroupNorm op = new GroupNorm(groups, node.real("epsilon", 1e-5f));
    to.result(node, op, node.input(0), node.input(1), node.input(2));
  }

  private static void readLayer(OnnxNode node, OnnxTranslation to) {
    LayerNorm op = new LayerNorm(node.small("axis", -1), node.real("epsilon", 1e-5f));
    to.results(node, op, node.inputs(2), 3);
  }

  /** (x - E[x]) / (√(E[x²] - E[x]²) + 1e-9), as the operator is defined. */
  private static void readMeanVariance(OnnxNode node, OnnxTranslation to) {
    List<Integer> axes = node.has("axes") ? node.smalls("axes") : List.of(0, 2, 3);
    Reduce mean = new Reduce(Reduce.Kind.MEAN, axes, true, false);
    Binary sub = new Binary(Binary.Kind.SUB, null);
    String centred = to.value(sub, node.input(0), to.value(mean, node.input(0)));
    String squares = to.value(new Binary(Binary.Kind.MUL, null), centred, centred);
    Unary sqrt = new Unary(Unary.Kind.SQRT, 0, 0);
    String deviation = to.value(sqrt, to.value(mean, squares));
    String epsilon = to.constant(Tensor.of(Shape.of(), 1e-9f));
    String divisor = to.value(Binary.ADD, deviation, epsilon);
    to.result(node, new Binary(Binary.Kind.DIV, null), centred, divisor);
  }

  /** x / √(E[x²] + ε) · scale, over the axes from {@code axis} on. */
  static void readRms(OnnxNode node, OnnxTranslation to) {
    float epsilon = node.real("epsilon", 1e-5f);
    rms(node, to, node.input(0), node.input(1), node.small("axis", -1), epsilon);
  }

  /** The same of a value that the node makes. */
  static void rms(
      OnnxNode node, OnnxTranslation to, String x, String scale, int axis, float least) {
    int rank = to.rank(x);
    node.require(rank >= 0, "an input of unknown rank");
    List<Integer> axes = IntStream.range(axis < 0 ? axis + rank : axis, rank).boxed().toList();
    String squares = to.value(new Binary(Binary.Kind.MUL, null), x, x);
    String mean = to.value(new Reduce(Reduce.Kind.MEAN, axes, true, false), squares);
    String epsilon = to.constant(Tensor.of(Shape.of(), least));
    String root = to.value(new Unary(Unary.Kind.SQRT, 0, 0), to.value(Binary.ADD, mean, epsilon));
    String unit = to.value(new Binary(Binary.Kind.DIV, null), x, root);
    to.result(node, new Binary(Binary.Kind.MUL, null), unit, scale);
  }

  /** x / ‖x‖ along an axis; 0 where the norm is. */
  private static void readLp(OnnxNode node, OnnxTranslation to) {
    Reduce.Kind kind = node.small("p", 2) == 1 ? Reduce.Kind.L1 : Reduce.Kind.L2;
    Reduce norm = new Reduce(kind, List.of(node.small("axis", -1)), true, false);
    String least = to.constant(Tensor.of(Shape.of(), Float.MIN_NORMAL));
    String length = to.value(norm, node.input(0));
    String divisor = to.value(new Binary(Binary.Kind.MAX, null), length, least);
    to.result(node, new Binary(Binary.Kind.DIV, null), node.input(0), divisor);
  }

  private static void readLrn(OnnxNode node, OnnxTranslation to) {
    Lrn op =
        new Lrn(
            node.small("size"),
            node.real("alpha", 1e-4f),
            node.real("beta", 0.75f),
            node.real("bias", 1));
    to.result(node, op, node.input(0));
  }

  private static void writeBatch(BatchNorm op, Node node, ExportedNodes to) {
    OnnxEpilogues.write(
        "BatchNormalization", op.activation(), node, to, List.of(epsilon(op.epsilon())));
  }

  private static void writeBatchStatistics(BatchStatisticsNorm op, Node node, ExportedNodes to) {
    to.add(
        "BatchNormalization",
        node,
        epsilon(op.epsilon()),
        real("momentum", op.momentum()),
        flag("training_mode", true));
  }

  private static void writeGroup(GroupNorm op, Node node, ExportedNodes to) {
    to.require(op.groups() == 0, "a group normalisation");
    to.add("InstanceNormalization", node, epsilon(op.epsilon()));
  }

  private static void writeLayer(LayerNorm op, Node node, ExportedNodes to) {
    List<String> outputs = node.outputs();
    int count = outputs.size();
    while (count > 1 && !to.isRead(outputs.get(count - 1))) {
      count--;
    }
    to.add(
        "LayerNormalization",
        node.name(),
        node.inputs(),
        outputs.subList(0, count),
        List.of(axis(op.axis()), epsilon(op.epsilon())));
  }

  private static void writeLrn(Lrn op, Node node, ExportedNodes to) {
    to.add(
        "LRN",
        node.inputs(),
        node.output(),
        integer("size", op.size()),
        real("alpha", op.alpha()),
        real("beta", op.beta()),
        real("bias", op.bias()));
  }

  private static AttributeProto epsilon(float epsilon) {
    return real("epsilon", epsilon);
  }
}
