package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.proto.AttributeProto.integer;

import io.clarinet.graph.Node;
import io.clarinet.op.Cast;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Conversions of elements to another type. Between other nodes a float of another type is a float32
 * that has no more digits than it.
 */
final class OnnxCasts {
  /** Known values above this many elements are converted when they are asked for. */
  private static final int MAX_COMPUTED = 1024;

  private OnnxCasts() {}

  static void register(OnnxOperators table) {
    table.reads("Cast", (node, to) -> read(node, to, type(node)));
    table.reads("CastLike", OnnxCasts::readLike);
    table.writes(Cast.class, OnnxCasts::write);
  }

  /** Before opset 6 by its name. */
  private static ElementType type(OnnxNode node) {
    return node.opset() < 6
        ? DataTypes.of(node.text("to", ""))
        : DataTypes.of(node.integer("to", 0));
  }

  private static void readLike(OnnxNode node, OnnxTranslation to) {
    ElementType type = to.type(node.input(1));
    node.require(type != null, "a type that is not known");
    read(node, to, Objects.requireNonNull(type));
  }

  private static void read(OnnxNode node, OnnxTranslation to, ElementType type) {
    String x = node.input(0);
    String y = node.outputs().get(0);
    Constant known = to.known(x);
    if (known != null && (known.type() == type || isLarge(known))) {
      to.constant(y, Converted.of(known, type));
    } else if (known == null && to.declared(y) == type) {
      to.castOutput(node, type, x);
    } else if (type.isHalf() && !isExact(to.type(x))) {
      to.result(node, rounding(type), asFloat(x, to));
    } else {
      to.result(node, new Cast(known == null ? FloatTypes.computed(type) : type), x);
    }
  }

  /** Whether numbers of a type are numbers of any half precision. */
  private static boolean isExact(@Nullable ElementType from) {
    return from != null && !from.isFloatingPoint() && from.bits() <= Byte.SIZE;
  }

  /** Conversions of conversions would pile up. */
  private static boolean isLarge(Constant known) {
    boolean stored =
        known instanceof Tensor
            || known instanceof Splat
            || (known instanceof Converted converted && converted.source() instanceof Tensor);
    return stored && known.shape().size() > MAX_COMPUTED;
  }

  private static String asFloat(String x, OnnxTranslation to) {
    ElementType from = to.type(x);
    return from == ElementType.FLOAT32 || (from != null && from.isHalf())
        ? x
        : to.value(new Cast(ElementType.FLOAT32), x);
  }

  /** A float32 that is rounded as a cast to half precision would. */
  private static Unary rounding(ElementType half) {
    boolean binary16 = half == ElementType.FLOAT16;
    return new Unary(binary16 ? Unary.Kind.FLOAT16 : Unary.Kind.BFLOAT16, 0, 0);
  }

  private static void write(Cast op, Node node, ExportedNodes to) {
    write(op.type(), node.inputs().get(0), node.output(), to);
  }

  /** The value {@code y} that is {@code x} as another type. */
  static void write(ElementType type, String x, String y, ExportedNodes to) {
    to.add("Cast", List.of(x), y, integer("to", DataTypes.of(type).number()));
  }

  /** The value {@code y} that is {@code x} rounded to a half. */
  static void writeRounding(ElementType half, String x, String y, ExportedNodes to) {
    String rounded = to.fresh(y);
    write(half, x, rounded, to);
    write(ElementType.FLOAT32, rounded, y, to);
  }
}
