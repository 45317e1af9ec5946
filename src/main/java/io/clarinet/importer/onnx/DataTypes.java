package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.tensor.ElementType;
import java.util.EnumMap;
import java.util.Map;

/** ONNX's element types and ours. */
final class DataTypes {
  private static final Map<DataType, ElementType> TYPES = new EnumMap<>(DataType.class);

  static {
    TYPES.put(DataType.FLOAT, ElementType.FLOAT32);
    TYPES.put(DataType.DOUBLE, ElementType.FLOAT64);
    TYPES.put(DataType.FLOAT16, ElementType.FLOAT16);
    TYPES.put(DataType.BFLOAT16, ElementType.BFLOAT16);
    TYPES.put(DataType.INT8, ElementType.INT8);
    TYPES.put(DataType.INT16, ElementType.INT16);
    TYPES.put(DataType.INT32, ElementType.INT32);
    TYPES.put(DataType.INT64, ElementType.INT64);
    TYPES.put(DataType.UINT8, ElementType.UINT8);
    TYPES.put(DataType.UINT16, ElementType.UINT16);
    TYPES.put(DataType.UINT32, ElementType.UINT32);
    TYPES.put(DataType.UINT64, ElementType.UINT64);
    TYPES.put(DataType.INT4, ElementType.INT4);
    TYPES.put(DataType.UINT4, ElementType.UINT4);
    TYPES.put(DataType.INT2, ElementType.INT2);
    TYPES.put(DataType.UINT2, ElementType.UINT2);
    TYPES.put(DataType.BOOL, ElementType.BOOL);
  }

  private DataTypes() {}

  /** Whether an ONNX type number is one of ours. */
  static boolean isKnown(long number) {
    DataType type = DataType.of(number);
    return type != null && TYPES.containsKey(type);
  }

  /**
   * Our type for an ONNX type number.
   *
   * @throws UnsupportedOperationException if there is none
   */
  static ElementType of(long number) {
    DataType type = DataType.of(number);
    ElementType ours = type == null ? null : TYPES.get(type);
    if (ours == null) {
      throw new UnsupportedOperationException("element type " + (type == null ? number : type));
    }
    return ours;
  }

  /**
   * Our type for the name of an ONNX type.
   *
   * @throws UnsupportedOperationException if there is none
   */
  static ElementType of(String name) {
    for (Map.Entry<DataType, ElementType> each : TYPES.entrySet()) {
      if (each.getKey().name().equalsIgnoreCase(name)) {
        return each.getValue();
      }
    }
    throw new UnsupportedOperationException("element type " + name);
  }

  /** The ONNX type of ours. */
  static DataType of(ElementType type) {
    return TYPES.entrySet().stream()
        .filter(e -> e.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
