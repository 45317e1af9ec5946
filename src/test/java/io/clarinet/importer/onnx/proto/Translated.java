package io.clarinet.importer.onnx.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.clarinet.importer.onnx.proto.AttributeProto.AttributeType;
import io.clarinet.importer.onnx.proto.TensorProto.Numbers;
import io.clarinet.importer.onnx.proto.TensorShapeProto.Dimension;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Messages of protobuf-java as ours; tensors stand apart, as ours are still bytes. */
record Translated(Message message) {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  ModelProto model() {
    return new ModelProto(
        get("ir_version"),
        get("producer_name"),
        get("producer_version"),
        one("graph").graph(),
        each("opset_import", m -> new OperatorSetIdProto(m.get("domain"), m.get("version"))),
        each("metadata_props", Translated::entry),
        each("functions", Translated::function));
  }

  /** Its size is ours to say. */
  private FunctionProto function() {
    return new FunctionProto(
        get("name"),
        get("domain"),
        get("overload"),
        get("input"),
        get("output"),
        get("attribute"),
        each("attribute_proto", Translated::attribute),
        each("node", Translated::node),
        each("opset_import", m -> new OperatorSetIdProto(m.get("domain"), m.get("version"))),
        0);
  }

  private GraphProto graph() {
    return new GraphProto(
        get("name"),
        each("node", Translated::node),
        List.of(),
        each("input", Translated::value),
        each("output", Translated::value));
  }

  private NodeProto node() {
    return new NodeProto(
        get("name"),
        get("op_type"),
        get("domain"),
        get("input"),
        get("output"),
        each("attribute", Translated::attribute),
        get("overload"));
  }

  private AttributeProto attribute() {
    return new AttributeProto(
        get("name"),
        AttributeType.of(number("type"), AttributeType.UNDEFINED),
        get("f"),
        get("i"),
        bytes("s"),
        NONE,
        has("g") ? one("g").graph() : null,
        get("floats"),
        get("ints"),
        get("ref_attr_name"),
        NONE);
  }

  private ValueInfoProto value() {
    return new ValueInfoProto(get("name"), has("type") ? one("type").type() : null);
  }

  private TypeProto type() {
    return new TypeProto(has("tensor_type") ? one("tensor_type").tensorType() : null);
  }

  private TypeProto.Tensor tensorType() {
    return new TypeProto.Tensor(get("elem_type"), has("shape") ? one("shape").shape() : null);
  }

  private TensorShapeProto shape() {
    return new TensorShapeProto(each("dim", Translated::dimension));
  }

  private Dimension dimension() {
    Long value = has("dim_value") ? get("dim_value") : null;
    String param = has("dim_param") ? get("dim_param") : null;
    return new Dimension(value, param);
  }

  private StringStringEntryProto entry() {
    return new StringStringEntryProto(get("key"), get("value"));
  }

  /** All tensors of a model: the graph's, then each function's. */
  List<TensorProto> tensors() {
    Stream<TensorProto> functions =
        this.<Stream<TensorProto>>each(
                "functions", f -> Stream.concat(f.inNodes(), f.inAttributes("attribute_proto")))
            .stream()
            .flatMap(s -> s);
    return Stream.concat(one("graph").inGraph(), functions).toList();
  }

  /** The initializers, then each attribute's own, then those of its graph. */
  private Stream<TensorProto> inGraph() {
    return Stream.concat(each("initializer", Translated::tensor).stream(), inNodes());
  }

  private Stream<TensorProto> inNodes() {
    return this.<Stream<TensorProto>>each("node", node -> node.inAttributes("attribute")).stream()
        .flatMap(s -> s);
  }

  private Stream<TensorProto> inAttributes(String field) {
    return this.<Stream<TensorProto>>each(
            field,
            a ->
                Stream.concat(
                    Stream.of(a.one("t").tensor()),
                    a.has("g") ? a.one("g").inGraph() : Stream.empty()))
        .stream()
        .flatMap(s -> s);
  }

  TensorProto tensor() {
    Map<Numbers, ByteBuffer> numbers = new EnumMap<>(Numbers.class);
    for (Numbers field : Numbers.values()) {
      List<Number> values = get(field.name().toLowerCase(Locale.ROOT) + "_data");
      if (!values.isEmpty()) {
        numbers.put(field, packed(values));
      }
    }
    return new TensorProto(
        get("name"),
        get("data_type"),
        get("dims"),
        has("raw_data") ? bytes("raw_data") : null,
        numbers,
        number("data_location") == 1,
        each("external_data", Translated::entry));
  }

  /** Numbers as they lie in memory, integers as 64 bits. */
  static ByteBuffer packed(List<? extends Number> values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (Number value : values) {
      if (value instanceof Float) {
        bytes.putInt(Float.floatToRawIntBits(value.floatValue()));
      } else if (value instanceof Double) {
        bytes.putLong(Double.doubleToRawLongBits(value.doubleValue()));
      } else {
        bytes.putLong(value.longValue());
      }
    }
    return bytes.flip();
  }

  private FieldDescriptor field(String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }

  private boolean has(String name) {
    return message.hasField(field(name));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the schema tells the type
  private <T> T get(String name) {
    return (T) message.getField(field(name));
  }

  private int number(String name) {
    return this.<EnumValueDescriptor>get(name).getNumber();
  }

  private ByteBuffer bytes(String name) {
    return this.<ByteString>get(name).asReadOnlyByteBuffer();
  }

  private Translated one(String name) {
    return new Translated(get(name));
  }

  private <T> List<T> each(String name, Function<Translated, T> translation) {
    return this.<List<Message>>get(name).stream().map(Translated::new).map(translation).toList();
  }
}
