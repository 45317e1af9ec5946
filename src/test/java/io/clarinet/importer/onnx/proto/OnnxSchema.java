package io.clarinet.importer.onnx.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The messages of {@code onnx.proto} that concern us, for protobuf-java. */
final class OnnxSchema {
  private static final String TEXT =
      """
      message ModelProto
        optional int64 ir_version = 1
        optional string producer_name = 2
        optional string producer_version = 3
        optional string domain = 4
        optional int64 model_version = 5
        optional string doc_string = 6
        optional GraphProto graph = 7
        repeated OperatorSetIdProto opset_import = 8
        repeated StringStringEntryProto metadata_props = 14
        repeated FunctionProto functions = 25
      message FunctionProto
        optional string name = 1
        repeated string input = 4
        repeated string output = 5
        repeated string attribute = 6
        repeated NodeProto node = 7
        optional string doc_string = 8
        repeated OperatorSetIdProto opset_import = 9
        optional string domain = 10
        repeated AttributeProto attribute_proto = 11
        optional string overload = 13
      message GraphProto
        repeated NodeProto node = 1
        optional string name = 2
        repeated TensorProto initializer = 5
        optional string doc_string = 10
        repeated ValueInfoProto input = 11
        repeated ValueInfoProto output = 12
        repeated ValueInfoProto value_info = 13
      message NodeProto
        repeated string input = 1
        repeated string output = 2
        optional string name = 3
        optional string op_type = 4
        repeated AttributeProto attribute = 5
        optional string doc_string = 6
        optional string domain = 7
        optional string overload = 8
      message AttributeProto
        optional string name = 1
        optional float f = 2
        optional int64 i = 3
        optional bytes s = 4
        optional TensorProto t = 5
        optional GraphProto g = 6
        repeated float floats = 7
        repeated int64 ints = 8
        repeated bytes strings = 9
        repeated TensorProto tensors = 10
        optional string doc_string = 13
        optional AttributeType type = 20
        optional string ref_attr_name = 21
      message TensorProto
        repeated int64 dims = 1
        optional int32 data_type = 2
        repeated float float_data = 4 packed
        repeated int32 int32_data = 5 packed
        repeated bytes string_data = 6
        repeated int64 int64_data = 7 packed
        optional string name = 8
        optional bytes raw_data = 9
        repeated double double_data = 10 packed
        repeated uint64 uint64_data = 11 packed
        optional string doc_string = 12
        repeated StringStringEntryProto external_data = 13
        optional DataLocation data_location = 14
      message ValueInfoProto
        optional string name = 1
        optional TypeProto type = 2
        optional string doc_string = 3
      message TypeProto
        optional Tensor tensor_type = 1 oneof
        optional Sequence sequence_type = 4 oneof
        optional string denotation = 6
      message Tensor
        optional int32 elem_type = 1
        optional TensorShapeProto shape = 2
      message Sequence
        optional TypeProto elem_type = 1
      message TensorShapeProto
        repeated Dimension dim = 1
      message Dimension
        optional int64 dim_value = 1 oneof
        optional string dim_param = 2 oneof
        optional string denotation = 3
      message OperatorSetIdProto
        optional string domain = 1
        optional int64 version = 2
      message StringStringEntryProto
        optional string key = 1
        optional string value = 2
      """;
  private static final Set<String> SCALARS =
      Set.of("string", "bytes", "int32", "int64", "uint64", "float", "double");
  private static final FileDescriptor FILE = file();

  private OnnxSchema() {}

  static Descriptor message(String name) {
    return FILE.findMessageTypeByName(name);
  }

  private static FileDescriptor file() {
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setPackage("onnx");
    file.addEnumType(numbers("AttributeType", 15)).addEnumType(numbers("DataLocation", 2));
    for (String message : TEXT.split("message ")) {
      String[] lines = message.split("\n");
      if (lines.length > 1) {
        file.addMessageType(message(lines));
      }
    }
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static EnumDescriptorProto numbers(String name, int count) {
    EnumDescriptorProto.Builder type = EnumDescriptorProto.newBuilder().setName(name);
    IntStream.range(0, count)
        .mapToObj(i -> EnumValueDescriptorProto.newBuilder().setName(name + i).setNumber(i))
        .forEach(type::addValue);
    return type.build();
  }

  private static DescriptorProto message(String... lines) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(lines[0].strip());
    for (int i = 1; i < lines.length; i++) {
      FieldDescriptorProto.Builder field = field(lines[i].strip().split(" "));
      if (lines[i].endsWith(" oneof")) {
        field.setOneofIndex(0);
        message.clearOneofDecl().addOneofDecl(OneofDescriptorProto.newBuilder().setName("value"));
      }
      message.addField(field);
    }
    return message.build();
  }

  /** From label, type, name, =, number. */
  private static FieldDescriptorProto.Builder field(String... words) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setLabel(Label.valueOf("LABEL_" + words[0].toUpperCase(Locale.ROOT)))
            .setName(words[2])
            .setNumber(Integer.parseInt(words[4]));
    if (words[words.length - 1].equals("packed")) {
      field.setOptions(FieldOptions.newBuilder().setPacked(true));
    }
    return SCALARS.contains(words[1])
        ? field.setType(
            FieldDescriptorProto.Type.valueOf("TYPE_" + words[1].toUpperCase(Locale.ROOT)))
        : field.setTypeName(".onnx." + words[1]);
  }
}
