package io.clarinet.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.clarinet.tensor.ElementType;
import java.util.Arrays;

/** DJL's words for types and shapes, and ours; and which type a computation has. */
final class Types {
  private Types() {}

  static ElementType ours(DataType type) {
    return switch (type) {
      case FLOAT32 -> ElementType.FLOAT32;
      case FLOAT64 -> ElementType.FLOAT64;
      case FLOAT16 -> ElementType.FLOAT16;
      case BFLOAT16 -> ElementType.BFLOAT16;
      case INT8 -> ElementType.INT8;
      case INT16 -> ElementType.INT16;
      case INT32 -> ElementType.INT32;
      case INT64 -> ElementType.INT64;
      case UINT8 -> ElementType.UINT8;
      case UINT16 -> ElementType.UINT16;
      case UINT32 -> ElementType.UINT32;
      case UINT64 -> ElementType.UINT64;
      case BOOLEAN -> ElementType.BOOL;
      default -> throw Refusal.of("DataType." + type, "take numbers or booleans");
    };
  }

  static DataType djls(ElementType type) {
    return switch (type) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case FLOAT16 -> DataType.FLOAT16;
      case BFLOAT16 -> DataType.BFLOAT16;
      case INT8 -> DataType.INT8;
      case INT16 -> DataType.INT16;
      case INT32 -> DataType.INT32;
      case INT64 -> DataType.INT64;
      case UINT8 -> DataType.UINT8;
      case UINT16 -> DataType.UINT16;
      case UINT32 -> DataType.UINT32;
      case UINT64 -> DataType.UINT64;
      case BOOL -> DataType.BOOLEAN;
      case INT2, INT4, UINT2, UINT4 ->
          throw Refusal.of("an array of " + type, "DJL has no such type; let the model convert it");
    };
  }

  static io.clarinet.tensor.Shape ours(Shape shape) {
    return io.clarinet.tensor.Shape.of(shape.getShape());
  }

  static Shape djls(io.clarinet.tensor.Shape shape) {
    return new Shape(Arrays.stream(shape.dims()).asLongStream().toArray());
  }

  /** The type of what two arrays make together: PyTorch's rule. */
  static ElementType common(ElementType one, ElementType other) {
    if (one == other) {
      return one;
    }
    if (one.isFloatingPoint() != other.isFloatingPoint()) {
      return one.isFloatingPoint() ? one : other;
    }
    if (one.isFloatingPoint()) {
      return one.bits() == other.bits() ? ElementType.FLOAT32 : wider(one, other);
    }
    if (one == ElementType.BOOL || other == ElementType.BOOL) {
      return one == ElementType.BOOL ? other : one;
    }
    return one.isSigned() == other.isSigned() ? wider(one, other) : ElementType.INT64;
  }

  private static ElementType wider(ElementType one, ElementType other) {
    return one.bits() > other.bits() ? one : other;
  }

  /**
   * The type of what an array and a number make: the array's, unless only the number has fractions.
   */
  static ElementType common(ElementType array, Number number) {
    boolean fractions = number instanceof Float || number instanceof Double;
    return fractions && !array.isFloatingPoint() ? ElementType.FLOAT32 : array;
  }
}
