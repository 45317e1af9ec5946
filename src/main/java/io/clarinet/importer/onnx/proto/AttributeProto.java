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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An argument of an operator that is known with the model. Old files do not tell its type, so a
 * reader takes the field that it expects.
 *
 * @param s text
 * @param t a {@link TensorProto}, still as bytes
 * @param g a graph inside of the node, such as a branch
 * @param reference the function's attribute that this one is; empty if it has a value of its own
 * @param sparse a {@link SparseTensorProto}, still as bytes
 */
public record AttributeProto(
    String name,
    AttributeType type,
    float f,
    long i,
    ByteBuffer s,
    ByteBuffer t,
    @Nullable GraphProto g,
    List<Float> floats,
    List<Long> ints,
    String reference,
    ByteBuffer sparse)
    implements WireMessage {
  private static final int NAME = 1 << BITS | DELIMITED;
  private static final int F = 2 << BITS | FIXED32;
  private static final int I = 3 << BITS | VARINT;
  private static final int S = 4 << BITS | DELIMITED;
  private static final int T = 5 << BITS | DELIMITED;
  static final int G = 6 << BITS | DELIMITED;
  private static final int FLOAT = 7 << BITS | FIXED32;
  static final int FLOATS = 7 << BITS | DELIMITED;
  private static final int INT = 8 << BITS | VARINT;
  static final int INTS = 8 << BITS | DELIMITED;
  private static final int TYPE = 20 << BITS | VARINT;
  private static final int REFERENCE = 21 << BITS | DELIMITED;
  private static final int SPARSE = 22 << BITS | DELIMITED;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

  public AttributeProto {
    floats = List.copyOf(floats);
    ints = List.copyOf(ints);
  }

  public static AttributeProto real(String name, float value) {
    return new AttributeProto(
        name, AttributeType.FLOAT, value, 0, NONE, NONE, null, List.of(), List.of(), "", NONE);
  }

  public static AttributeProto integer(String name, long value) {
    return new AttributeProto(
        name, AttributeType.INT, 0, value, NONE, NONE, null, List.of(), List.of(), "", NONE);
  }

  public static AttributeProto text(String name, String value) {
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
    return new AttributeProto(
        name, AttributeType.STRING, 0, 0, bytes, NONE, null, List.of(), List.of(), "", NONE);
  }

  public static AttributeProto tensor(String name, TensorProto value) {
    ByteBuffer bytes = ByteBuffer.wrap(WireWriter.bytes(value));
    return new AttributeProto(
        name, AttributeType.TENSOR, 0, 0, NONE, bytes, null, List.of(), List.of(), "", NONE);
  }

  public static AttributeProto graph(String name, GraphProto value) {
    return new AttributeProto(
        name, AttributeType.GRAPH, 0, 0, NONE, NONE, value, List.of(), List.of(), "", NONE);
  }

  public static AttributeProto sparse(String name, SparseTensorProto value) {
    ByteBuffer bytes = ByteBuffer.wrap(WireWriter.bytes(value));
    return new AttributeProto(
        name, AttributeType.SPARSE_TENSOR, 0, 0, NONE, NONE, null, List.of(), List.of(), "", bytes);
  }

  public static AttributeProto integers(String name, List<Long> values) {
    return new AttributeProto(
        name, AttributeType.INTS, 0, 0, NONE, NONE, null, List.of(), values, "", NONE);
  }

  public static AttributeProto reals(String name, List<Float> values) {
    return new AttributeProto(
        name, AttributeType.FLOATS, 0, 0, NONE, NONE, null, values, List.of(), "", NONE);
  }

  /** In a function: the attribute of that name of the function's caller. */
  public static AttributeProto reference(String name, AttributeType type, String reference) {
    return new AttributeProto(
        name, type, 0, 0, NONE, NONE, null, List.of(), List.of(), reference, NONE);
  }

  /** The same value under another name. */
  public AttributeProto named(String other) {
    return new AttributeProto(other, type, f, i, s, t, g, floats, ints, reference, sparse);
  }

  static AttributeProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String name = "";
    AttributeType type = AttributeType.UNDEFINED;
    float f = 0;
    long i = 0;
    ByteBuffer s = NONE;
    List<ByteBuffer> t = new ArrayList<>();
    List<ByteBuffer> g = new ArrayList<>(0);
    List<ByteBuffer> sparse = new ArrayList<>(0);
    String reference = "";
    List<Float> floats = new ArrayList<>();
    List<Long> ints = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case NAME -> name = in.string();
        case F -> f = in.real();
        case I -> i = in.varint();
        case S -> s = in.payload();
        case T -> t.add(in.payload());
        case G -> g.add(in.payload());
        case FLOAT -> floats.add(in.real());
        case FLOATS -> in.packed(WireReader::real, floats);
        case INT -> ints.add(in.varint());
        case INTS -> in.packed(WireReader::varint, ints);
        case TYPE -> type = AttributeType.of((int) in.varint(), type);
        case REFERENCE -> reference = in.string();
        case SPARSE -> sparse.add(in.payload());
        default -> in.skip();
      }
    }
    return new AttributeProto(
        name,
        type,
        f,
        i,
        s,
        WireReader.joined(t),
        g.isEmpty() ? null : GraphProto.read(g),
        floats,
        ints,
        reference,
        sparse.isEmpty() ? NONE : WireReader.joined(sparse));
  }

  /** The text, anything in it that is not UTF-8 replaced. */
  public String text() {
    return WireReader.text(s);
  }

  /** Writes the field of its type. */
  @Override
  public void writeTo(WireWriter out) throws IOException {
    out.string(NAME, name);
    if (!reference.isEmpty()) {
      out.string(REFERENCE, reference);
      out.integer(TYPE, type.number);
      return;
    }
    switch (type) {
      case FLOAT -> out.real(F, f);
      case INT -> out.integer(I, i);
      case STRING -> out.bytes(S, s);
      case TENSOR -> out.bytes(T, t);
      case GRAPH -> out.message(G, Objects.requireNonNull(g));
      case SPARSE_TENSOR -> out.bytes(SPARSE, sparse);
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
