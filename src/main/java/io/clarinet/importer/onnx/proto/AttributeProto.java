package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.FIXED32;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An argument of an operator that is known with the model. Old files do not tell its type, so a
 * reader takes the field that it expects.
 *
 * @param s text
 * @param t a {@link TensorProto}, still as bytes
 */
public record AttributeProto(
    String name,
    AttributeType type,
    float f,
    long i,
    ByteBuffer s,
    ByteBuffer t,
    List<Float> floats,
    List<Long> ints)
    implements WireMessage {
  private static final int NAME = 1 << BITS | DELIMITED;
  private static final int F = 2 << BITS | FIXED32;
  private static final int I = 3 << BITS | VARINT;
  private static final int S = 4 << BITS | DELIMITED;
  private static final int T = 5 << BITS | DELIMITED;
  private static final int FLOAT = 7 << BITS | FIXED32;
  static final int FLOATS = 7 << BITS | DELIMITED;
  private static final int INT = 8 << BITS | VARINT;
  static final int INTS = 8 << BITS | DELIMITED;
  private static final int TYPE = 20 << BITS | VARINT;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

  public AttributeProto {
    floats = List.copyOf(floats);
    ints = List.copyOf(ints);
  }

  public static AttributeProto real(String name, float value) {
    return new AttributeProto(
        name, AttributeType.FLOAT, value, 0, NONE, NONE, List.of(), List.of());
  }

  public static AttributeProto integer(String name, long value) {
    return new AttributeProto(name, AttributeType.INT, 0, value, NONE, NONE, List.of(), List.of());
  }

  public static AttributeProto text(String name, String value) {
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
    return new AttributeProto(name, AttributeType.STRING, 0, 0, bytes, NONE, List.of(), List.of());
  }

  public static AttributeProto tensor(String name, TensorProto value) {
    ByteBuffer bytes = ByteBuffer.wrap(WireWriter.bytes(value));
    return new AttributeProto(name, AttributeType.TENSOR, 0, 0, NONE, bytes, List.of(), List.of());
  }

  public static AttributeProto integers(String name, List<Long> values) {
    return new AttributeProto(name, AttributeType.INTS, 0, 0, NONE, NONE, List.of(), values);
  }

  static AttributeProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String name = "";
    AttributeType type = AttributeType.UNDEFINED;
    float f = 0;
    long i = 0;
    ByteBuffer s = NONE;
    List<ByteBuffer> t = new ArrayList<>();
    List<Float> floats = new ArrayList<>();
    List<Long> ints = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case NAME -> name = in.string();
        case F -> f = in.real();
        case I -> i = in.varint();
        case S -> s = in.payload();
        case T -> t.add(in.payload());
        case FLOAT -> floats.add(in.real());
        case FLOATS -> in.packed(WireReader::real, floats);
        case INT -> ints.add(in.varint());
        case INTS -> in.packed(WireReader::varint, ints);
        case TYPE -> type = AttributeType.of((int) in.varint(), type);
        default -> in.skip();
      }
    }
    return new AttributeProto(name, type, f, i, s, WireReader.joined(t), floats, ints);
  }

  /** The text, anything in it that is not UTF-8 replaced. */
  public String text() {
    return WireReader.text(s);
  }

  /** Writes the field of its type. */
  @Override
  public void writeTo(WireWriter out) throws IOException {
    out.string(NAME, name);
    switch (type) {
      case FLOAT -> out.real(F, f);
      case INT -> out.integer(I, i);
      case STRING -> out.bytes(S, s);
      case TENSOR -> out.bytes(T, t);
      case FLOATS -> {
        for (float value : floats) {
          out.real(FLOAT, value);
        }
      }
      case INTS -> {
        for (long value : ints) {
          out.integer(INT, value);
        }
      }
      default -> throw new IllegalArgumentException("an attribute of type " + type);
    }
    out.integer(TYPE, type.number);
  }

  /** What an attribute is. */
  public enum AttributeType {
    UNDEFINED(0),
    FLOAT(1),
    INT(2),
    STRING(3),
    TENSOR(4),
    GRAPH(5),
    FLOATS(6),
    INTS(7),
    STRINGS(8),
    TENSORS(9),
    GRAPHS(10),
    SPARSE_TENSOR(11),
    SPARSE_TENSORS(12),
    TYPE_PROTO(13),
    TYPE_PROTOS(14);

    private final int number;

    AttributeType(int number) {
      this.number = number;
    }

    static AttributeType of(int number, AttributeType otherwise) {
      for (AttributeType type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      return otherwise;
    }
  }
}
