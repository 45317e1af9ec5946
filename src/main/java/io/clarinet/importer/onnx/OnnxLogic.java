package io.clarinet.importer.onnx;

import io.clarinet.op.Compare;
import io.clarinet.op.Compare.Relation;
import io.clarinet.op.Unary;
import io.clarinet.op.Where;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.Map;

/** Operators of booleans, and those that ask for special numbers, in terms of comparisons. */
final class OnnxLogic {
  private OnnxLogic() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("Not", (node, to) -> not(node, to, node.input(0)));
    table.put("And", OnnxLogic::and);
    table.put("Or", OnnxLogic::or);
    table.put("Xor", (node, to) -> not(node, to, equal(to, node.input(0), node.input(1))));
    table.put("IsNaN", (node, to) -> not(node, to, equal(to, node.input(0), node.input(0))));
    table.put("IsInf", OnnxLogic::isInfinite);
  }

  private static String equal(OnnxTranslation to, String a, String b) {
    return to.value(new Compare(Relation.EQUAL), a, b);
  }

  private static void not(OnnxNode node, OnnxTranslation to, String x) {
    String no = to.constant(new Splat(ElementType.BOOL, Shape.of(), 0));
    to.result(node, new Compare(Relation.EQUAL), x, no);
  }

  private static void and(OnnxNode node, OnnxTranslation to) {
    String b = OnnxElementwise.aligned(node, to);
    to.result(node, new Where(), node.input(0), b, node.input(0));
  }

  private static void or(OnnxNode node, OnnxTranslation to) {
    String b = OnnxElementwise.aligned(node, to);
    to.result(node, new Where(), node.input(0), node.input(0), b);
  }

  private static void isInfinite(OnnxNode node, OnnxTranslation to) {
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
