package io.clarinet.importer.onnx;

import io.clarinet.op.Compare;
import io.clarinet.op.Compare.Relation;
import io.clarinet.op.Unary;
import io.clarinet.op.Where;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;

/** Comparisons, choices, and operators of booleans, which come to these. */
final class OnnxLogic {
  private OnnxLogic() {}

  static void register(OnnxOperators table) {
    for (Relation relation : Relation.values()) {
      table.reads(name(relation), (node, to) -> readCompare(node, to, relation));
    }
    table.reads("Not", (node, to) -> readNot(node, to, node.input(0)));
    table.reads("And", OnnxLogic::readAnd);
    table.reads("Or", OnnxLogic::readOr);
    table.reads("Xor", (node, to) -> readNot(node, to, equal(to, node.input(0), node.input(1))));
    table.reads("IsNaN", (node, to) -> readNot(node, to, equal(to, node.input(0), node.input(0))));
    table.reads("IsInf", OnnxLogic::readIsInfinite);
    table.reads("Where", OnnxLogic::readWhere);
    table.writes(Compare.class, (op, node, to) -> to.add(name(op.relation()), node));
    table.writes(Where.class, (op, node, to) -> to.add("Where", node));
  }

  private static String name(Relation relation) {
    return switch (relation) {
      case EQUAL -> "Equal";
      case LESS -> "Less";
      case LESS_OR_EQUAL -> "LessOrEqual";
      case GREATER -> "Greater";
      case GREATER_OR_EQUAL -> "GreaterOrEqual";
    };
  }

  private static void readCompare(OnnxNode node, OnnxTranslation to, Relation relation) {
    String b = OnnxArithmetic.aligned(node, to);
    to.result(node, new Compare(relation), node.input(0), b);
  }

  private static void readWhere(OnnxNode node, OnnxTranslation to) {
    to.result(node, new Where(), node.input(0), node.input(1), node.input(2));
  }

  private static String equal(OnnxTranslation to, String a, String b) {
    return to.value(new Compare(Relation.EQUAL), a, b);
  }

  private static void readNot(OnnxNode node, OnnxTranslation to, String x) {
    String no = to.constant(new Splat(ElementType.BOOL, Shape.of(), 0));
    to.result(node, new Compare(Relation.EQUAL), x, no);
  }

  private static void readAnd(OnnxNode node, OnnxTranslation to) {
    String b = OnnxArithmetic.aligned(node, to);
    to.result(node, new Where(), node.input(0), b, node.input(0));
  }

  private static void readOr(OnnxNode node, OnnxTranslation to) {
    String b = OnnxArithmetic.aligned(node, to);
    to.result(node, new Where(), node.input(0), node.input(0), b);
  }

  private static void readIsInfinite(OnnxNode node, OnnxTranslation to) {
    boolean positive = node.integer("detect_positive", 1) != 0;
    boolean negative = node.integer("detect_negative", 1) != 0;
    node.require(positive || negative, "neither detect_positive nor detect_negative");
    boolean both = positive && negative;
    String x = both ? to.value(new Unary(Unary.Kind.ABS, 0, 0), node.input(0)) : node.input(0);
    float wanted = positive ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
    String infinity = to.constant(Tensor.of(Shape.of(), wanted));
    to.result(node, new Compare(Relation.EQUAL), x, infinity);
  }
}
