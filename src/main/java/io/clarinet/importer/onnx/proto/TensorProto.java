package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.FIXED32;
import static io.clarinet.importer.onnx.proto.WireType.FIXED64;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tensor. Its elements are raw, as they would be in memory, or numbers in the field of their
 * type, or in a file beside the model.
 *
 * @param dataType the number of a {@link DataType}
 * @param rawData null if the elements are elsewhere
 * @param numbers packed elements by their field; none where a field is not given
 * @param external whether the elements are in a file, which {@code externalData} tells
 */
public record TensorProto(
    String name,
    int dataType,
    List<Long> dims,
    @Nullable ByteBuffer rawData,
    Map<Numbers, ByteBuffer> numbers,
    boolean external,
    List<StringStringEntryProto> externalData)
    implements WireMessage {
  private static final int DIM = 1 << BITS | VARINT;
  static final int DIMS = 1 << BITS | DELIMITED;
  private static final int DATA_TYPE = 2 << BITS | VARINT;
  private static final int NAME = 8 << BITS | DELIMITED;
  public static final int RAW_DATA = 9 << BITS | DELIMITED;
  private static final int EXTERNAL_DATA = 13 << BITS | DELIMITED;
  private static final int DATA_LOCATION = 14 << BITS | VARINT;
  private static final int DEFAULT = 0;
  private static final int EXTERNAL = 1;

  public TensorProto {
    dims = List.copyOf(dims);
    numbers = Map.copyOf(numbers);
    externalData = List.copyOf(externalData);
  }

  /** A tensor of raw elements. */
  public static TensorProto raw(String name, DataType type, List<Long> dims, ByteBuffer rawData) {
    return new TensorProto(name, type.number(), dims, rawData, Map.of(), false, List.of());
  }

  /**
   * A tensor, its elements still views of the bytes.
   *
   * @throws WireException if the bytes are malformed or end too early
   */
  public static TensorProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String name = "";
    int dataType = 0;
    List<Long> dims = new ArrayList<>();
    ByteBuffer rawData = null;
    Map<Numbers, List<ByteBuffer>> numbers = new EnumMap<>(Numbers.class);
    int location = DEFAULT;
    List<StringStringEntryProto> externalData = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case DIM -> dims.add(in.varint());
        case DIMS -> in.packed(WireReader::varint, dims);
        case DATA_TYPE -> dataType = (int) in.varint();
        case NAME -> name = in.string();
        case RAW_DATA -> rawData = in.payload();
        case EXTERNAL_DATA -> externalData.add(StringStringEntryProto.read(in.payload()));
        case DATA_LOCATION -> location = location(in, location);
        default -> readNumbers(tag, in, numbers);
      }
    }
    return new TensorProto(
        name, dataType, dims, rawData, joined(numbers), location == EXTERNAL, externalData);
  }

  /** The packed elements of a field, none if it is not given. */
  public ByteBuffer numbers(Numbers field) {
    return numbers.getOrDefault(field, ByteBuffer.allocate(0));
  }

  /** A location of an unknown number counts as none. */
  private static int location(WireReader in, int otherwise) throws WireException {
    int read = (int) in.varint();
    return read == DEFAULT || read == EXTERNAL ? read : otherwise;
  }

  private static void readNumbers(int tag, WireReader in, Map<Numbers, List<ByteBuffer>> numbers)
      throws WireException {
    for (Numbers field : Numbers.values()) {
      if (tag == field.one || tag == field.packed) {
        numbers.computeIfAbsent(field, any -> new ArrayList<>(1)).add(in.payload());
        return;
      }
    }
    in.skip();
  }

  private static Map<Numbers, ByteBuffer> joined(Map<Numbers, List<ByteBuffer>> parts) {
    Map<Numbers, ByteBuffer> joined = new EnumMap<>(Numbers.class);
    parts.forEach((field, views) -> joined.put(field, WireReader.joined(views)));
    return joined;
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    for (long dim : dims) {
      out.integer(DIM, dim);
    }
    out.integer(DATA_TYPE, dataType);
    if (!name.isEmpty()) {
      out.string(NAME, name);
    }
    if (rawData != null) {
      out.bytes(RAW_DATA, rawData);
    }
    for (Numbers field : Numbers.values()) {
      if (numbers.containsKey(field)) {
        out.bytes(field.packed, numbers(field));
      }
    }
    for (StringStringEntryProto entry : externalData) {
      out.message(EXTERNAL_DATA, entry);
    }
    if (external) {
      out.integer(DATA_LOCATION, EXTERNAL);
    }
  }

  /** The fields of elements that are not raw. */
  public enum Numbers {
    FLOAT(4, FIXED32),
    INT32(5, VARINT),
    INT64(7, VARINT),
    DOUBLE(10, FIXED64),
    UINT64(11, VARINT);

    private final int one;
    private final int packed;

    Numbers(int number, int wireType) {
      one = number << BITS | wireType;
      packed = number << BITS | DELIMITED;
    }
  }

  /** Element types. */
  public enum DataType {
    UNDEFINED(0),
    FLOAT(1),
    UINT8(2),
    INT8(3),
    UINT16(4),
    INT16(5),
    INT32(6),
    INT64(7),
    STRING(8),
    BOOL(9),
    FLOAT16(10),
    DOUBLE(11),
    UINT32(12),
    UINT64(13),
    COMPLEX64(14),
    COMPLEX128(15),
    BFLOAT16(16),
    FLOAT8E4M3FN(17),
    FLOAT8E4M3FNUZ(18),
    FLOAT8E5M2(19),
    FLOAT8E5M2FNUZ(20),
    UINT4(21),
    INT4(22),
    FLOAT4E2M1(23),
    FLOAT8E8M0(24),
    UINT2(25),
    INT2(26);

    private final int number;

    DataType(int number) {
      this.number = number;
    }

    /** The type of a number, or null if there is none. */
    public static @Nullable DataType of(long number) {
      for (DataType type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      return null;
    }

    public int number() {
      return number;
    }
  }
}
