package io.clarinet.server.model;

import io.clarinet.graph.Input;
import io.clarinet.tensor.ElementType;
import java.util.Optional;

/** Element types by the names of the Open Inference Protocol. */
public enum DataType {
  BOOL(ElementType.BOOL),
  UINT8(ElementType.UINT8),
  UINT16(ElementType.UINT16),
  UINT32(ElementType.UINT32),
  UINT64(ElementType.UINT64),
  INT8(ElementType.INT8),
  INT16(ElementType.INT16),
  INT32(ElementType.INT32),
  INT64(ElementType.INT64),
  FP16(ElementType.FLOAT16),
  BF16(ElementType.BFLOAT16),
  FP32(ElementType.FLOAT32),
  FP64(ElementType.FLOAT64);

  private final ElementType type;

  DataType(ElementType type) {
    this.type = type;
  }

  /** The type of elements. */
  public ElementType type() {
    return type;
  }

  /** The name of a type of elements; empty for those of fewer than 8 bits. */
  public static Optional<DataType> of(ElementType type) {
    for (DataType each : values()) {
      if (each.type == type) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The type of a name; empty if there is none. */
  public static Optional<DataType> named(String name) {
    for (DataType each : values()) {
      if (each.name().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  static void requireAll(Signature signature) {
    signature.inputs().forEach(DataType::require);
    signature.outputs().forEach(DataType::require);
  }

  private static void require(Input value) {
    if (of(value.type()).isEmpty()) {
      throw new IllegalArgumentException(
          "%s cannot be sent: the protocol has no elements of type %s"
              .formatted(value.name(), value.type()));
    }
  }
}
