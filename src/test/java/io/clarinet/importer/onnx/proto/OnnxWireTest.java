package io.clarinet.importer.onnx.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.clarinet.Fresh;
import io.clarinet.importer.onnx.proto.AttributeProto.AttributeType;
import io.clarinet.importer.onnx.proto.TensorProto.Numbers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds our messages against protobuf-java and ONNX's schema. */
class OnnxWireTest {
  private static final int ROUNDS = 500;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  private static final Set<AttributeType> WRITTEN =
      Set.of(
          AttributeType.FLOAT,
          AttributeType.INT,
          AttributeType.STRING,
          AttributeType.TENSOR,
          AttributeType.GRAPH,
          AttributeType.FLOATS,
          AttributeType.INTS);
  private final Random random = Fresh.random();

  /** A random model, with an empty graph at its end so that it has any. */
  private byte[] model() throws IOException {
    byte[] model = new RandomWire(random).message(OnnxSchema.message("ModelProto"));
    ByteBuffer whole = ByteBuffer.allocate(model.length + 2).put(model);
    return whole.put((byte) ModelProto.GRAPH).put((byte) 0).array();
  }

  /**
   * By nine bytes at a time: where it has ten, it takes the highest bit of a number of ten for set.
   */
  private static Translated byProtobuf(byte[] model) throws InvalidProtocolBufferException {
    CodedInputStream in = CodedInputStream.newInstance(new ByteArrayInputStream(model), 9);
    try {
      DynamicMessage message = DynamicMessage.parseFrom(OnnxSchema.message("ModelProto"), in);
      in.checkLastTagWas(0);
      return new Translated(message);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aNumberOfTenBytesMayHaveItsHighestBitClear() throws IOException {
    byte[] version = {8, -127, -128, -128, -128, -128, -128, -128, -128, -128, 0};
    ByteBuffer model = ByteBuffer.allocate(version.length + 2).put(version).put(new byte[] {58, 0});
    assertSame(ModelProto.read(model.flip()), byProtobuf(model.array()));
  }

  @Test
  void whatProtobufReadsWeRead() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = model();
      assertSame(ModelProto.read(ByteBuffer.wrap(bytes)), byProtobuf(bytes));
    }
  }

  @Test
  void whatWeWriteProtobufReads() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      ModelProto model =
          new ModelChange(OnnxWireTest::again, OnnxWireTest::written, 0)
              .of(ModelProto.read(ByteBuffer.wrap(model())));
      Translated copy = byProtobuf(WireWriter.bytes(model));
      assertSame(model, copy);
      assertNothingUnknown(copy.message());
    }
  }

  /** Bytes changed at random: what protobuf takes we take, and refuse nothing by another error. */
  @Test
  void whatProtobufTakesOfDamagedBytesWeTake() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = model();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        ModelProto read = ModelProto.read(ByteBuffer.wrap(bytes));
        assertSame(read, byProtobuf(bytes));
      } catch (InvalidProtocolBufferException e) {
        // ours leaves tensors and the fields it does not know unread
      } catch (WireException e) {
        assertThatThrownBy(() -> byProtobuf(bytes))
            .as(e.getMessage())
            .isInstanceOf(InvalidProtocolBufferException.class);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("holds no graph");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a field goes beyond the end: 0a",
        "a field goes beyond the end: 0a 02 41",
        "a field goes beyond the end: 08 ff",
        "a field goes beyond the end: 0b",
        "a field goes beyond the end: 0d 00 00",
        "a field of negative length: 0a ff ff ff ff 0f",
        "a field of number 0: 00",
        "a number of more than ten bytes: 08 ff ff ff ff ff ff ff ff ff ff 01",
        "a group ends that never began: 0c",
        "a group ends that never began: 0b 14",
        "a field of the unknown wire type 6: 0e",
        "a field of the unknown wire type 7: 0f"
      })
  void malformed(String fault) {
    String[] parts = fault.split(": ");
    String[] hex = parts[1].split(" ");
    ByteBuffer bytes = ByteBuffer.allocate(hex.length);
    for (String each : hex) {
      bytes.put((byte) Integer.parseInt(each, 16));
    }
    assertThatThrownBy(() -> ModelProto.read(bytes.flip()))
        .isInstanceOf(WireException.class)
        .hasMessage(parts[0]);
    assertThatThrownBy(() -> byProtobuf(bytes.array()))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  @Test
  void groupsMayBeNestedAsDeepAsProtobufAllows() throws IOException {
    for (int depth : new int[] {100, 101}) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * depth + 2);
      for (int i = 0; i < 2 * depth; i++) {
        bytes.put((byte) (i < depth ? 0x7b : 0x7c));
      }
      bytes.put((byte) ModelProto.GRAPH).put((byte) 0).flip();
      if (depth == 100) {
        assertSame(ModelProto.read(bytes), byProtobuf(bytes.array()));
      } else {
        assertThatThrownBy(() -> ModelProto.read(bytes)).hasMessageContaining("nested more than");
        assertThatThrownBy(() -> byProtobuf(bytes.array()))
            .isInstanceOf(InvalidProtocolBufferException.class);
      }
    }
  }

  private static void assertSame(ModelProto ours, Translated expected) throws IOException {
    ModelChange withoutTensors =
        new ModelChange(initializer -> null, a -> ModelChange.with(a, NONE, a.g()), 0);
    assertThat(withoutTensors.of(ours)).isEqualTo(expected.model());
    assertThat(tensors(ours)).isEqualTo(expected.tensors());
  }

  private static List<TensorProto> tensors(ModelProto model) throws IOException {
    List<ByteBuffer> all = new ArrayList<>();
    addTensors(model.graph(), all);
    for (FunctionProto function : model.functions()) {
      function.nodes().forEach(node -> addTensors(node.attributes(), all));
      addTensors(function.defaults(), all);
    }
    List<TensorProto> tensors = new ArrayList<>();
    for (ByteBuffer bytes : all) {
      tensors.add(decoded(TensorProto.read(bytes)));
    }
    return tensors;
  }

  private static void addTensors(GraphProto graph, List<ByteBuffer> all) {
    all.addAll(graph.initializers());
    graph.nodes().forEach(node -> addTensors(node.attributes(), all));
  }

  private static void addTensors(List<AttributeProto> attributes, List<ByteBuffer> all) {
    for (AttributeProto attribute : attributes) {
      all.add(attribute.t());
      if (attribute.g() != null) {
        addTensors(attribute.g(), all);
      }
    }
  }

  /** The tensor with its numbers as they lie in memory. */
  private static TensorProto decoded(TensorProto tensor) throws IOException {
    Map<Numbers, ByteBuffer> numbers = new EnumMap<>(Numbers.class);
    for (Numbers field : tensor.numbers().keySet()) {
      List<Number> values = values(field, tensor.numbers(field));
      if (!values.isEmpty()) {
        numbers.put(field, Translated.packed(values));
      }
    }
    return new TensorProto(
        tensor.name(),
        tensor.dataType(),
        tensor.dims(),
        tensor.rawData(),
        numbers,
        tensor.external(),
        tensor.externalData());
  }

  private static List<Number> values(Numbers field, ByteBuffer bytes) throws IOException {
    ByteBuffer floats = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    WireReader varints = new WireReader(bytes);
    List<Number> values = new ArrayList<>();
    while (field == Numbers.FLOAT && floats.hasRemaining()) {
      values.add(floats.getFloat());
    }
    while (field == Numbers.DOUBLE && floats.hasRemaining()) {
      values.add(floats.getDouble());
    }
    while (field != Numbers.FLOAT && field != Numbers.DOUBLE && !varints.isAtEnd()) {
      long value = varints.varint();
      values.add(field == Numbers.INT32 ? (long) (int) value : value);
    }
    return values;
  }

  /** A tensor's message, read and written. */
  private static ByteBuffer again(ByteBuffer tensor) {
    try {
      return ByteBuffer.wrap(WireWriter.bytes(TensorProto.read(tensor)));
    } catch (WireException e) {
      throw new AssertionError(e);
    }
  }

  /** An attribute that has the field of its type alone, or a reference. */
  private static AttributeProto written(AttributeProto a) {
    boolean known =
        WRITTEN.contains(a.type()) && (a.type() != AttributeType.GRAPH || a.g() != null);
    AttributeType type = known ? a.type() : AttributeType.INT;
    if (!a.reference().isEmpty()) {
      return AttributeProto.reference(a.name(), type, a.reference());
    }
    return new AttributeProto(
        a.name(),
        type,
        type == AttributeType.FLOAT ? a.f() : 0,
        type == AttributeType.INT ? a.i() : 0,
        type == AttributeType.STRING ? a.s() : NONE,
        type == AttributeType.TENSOR ? again(a.t()) : NONE,
        type == AttributeType.GRAPH ? a.g() : null,
        type == AttributeType.FLOATS ? a.floats() : List.of(),
        type == AttributeType.INTS ? a.ints() : List.of(),
        "",
        NONE);
  }

  private static void assertNothingUnknown(Message message) {
    assertThat(message.getUnknownFields().asMap()).isEmpty();
    for (Object value : message.getAllFields().values()) {
      for (Object each : value instanceof List<?> list ? list : List.of(value)) {
        if (each instanceof Message inner) {
          assertNothingUnknown(inner);
        }
      }
    }
  }
}
