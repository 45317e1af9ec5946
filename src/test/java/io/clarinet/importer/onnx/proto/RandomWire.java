package io.clarinet.importer.onnx.proto;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Messages in all that the wire format allows: fields in any order and given several times, numbers
 * packed and not, unknown fields and groups, text that is not UTF-8.
 */
final class RandomWire {
  private static final int MAX_DEPTH = 6;
  private static final int UNKNOWN = 1000;
  private final Random random;

  RandomWire(Random random) {
    this.random = random;
  }

  byte[] message(Descriptor type) throws IOException {
    return message(type, 0);
  }

  private byte[] message(Descriptor type, int depth) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    List<FieldDescriptor> fields = type.getFields();
    for (int count = random.nextInt(3 + fields.size()); count > 0; count--) {
      if (random.nextInt(20) == 0) {
        unknown(out);
      } else {
        field(fields.get(random.nextInt(fields.size())), out, depth);
      }
    }
    out.flush();
    return bytes.toByteArray();
  }

  private void field(FieldDescriptor field, CodedOutputStream out, int depth) throws IOException {
    boolean number =
        field.getJavaType() != JavaType.STRING
            && field.getJavaType() != JavaType.BYTE_STRING
            && field.getJavaType() != JavaType.MESSAGE;
    if (field.getJavaType() == JavaType.MESSAGE) {
      boolean deep = depth == MAX_DEPTH;
      out.writeByteArray(
          field.getNumber(), deep ? new byte[0] : message(field.getMessageType(), depth + 1));
    } else if (!number) {
      out.writeByteArray(field.getNumber(), bytes());
    } else if (field.isRepeated() && random.nextBoolean()) {
      out.writeByteArray(field.getNumber(), packed(field));
    } else {
      out.writeTag(field.getNumber(), field.getLiteType().getWireType());
      number(field, out);
    }
  }

  private byte[] packed(FieldDescriptor field) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int count = random.nextInt(4); count > 0; count--) {
      number(field, out);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private void number(FieldDescriptor field, CodedOutputStream out) throws IOException {
    switch (field.getLiteType().getWireType()) {
      case WireFormat.WIRETYPE_FIXED32 -> out.writeFixed32NoTag(random.nextInt());
      case WireFormat.WIRETYPE_FIXED64 -> out.writeFixed64NoTag(random.nextLong());
      default -> varint(out);
    }
  }

  /** Of any size, often small, at times longer than it need be. */
  private void varint(CodedOutputStream out) throws IOException {
    if (random.nextInt(5) == 0) {
      out.writeRawBytes(new byte[] {(byte) (random.nextInt() | 0x80), (byte) 0x80, 0});
    } else {
      out.writeUInt64NoTag(random.nextLong() >>> random.nextInt(Long.SIZE));
    }
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(6)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : 'a' + random.nextInt(26));
    }
    return bytes;
  }

  private void unknown(CodedOutputStream out) throws IOException {
    int field = UNKNOWN + random.nextInt(3);
    switch (random.nextInt(5)) {
      case 0 -> out.writeUInt64(field, random.nextLong());
      case 1 -> out.writeFixed32(field, random.nextInt());
      case 2 -> out.writeFixed64(field, random.nextLong());
      case 3 -> out.writeByteArray(field, bytes());
      default -> {
        out.writeTag(field, WireFormat.WIRETYPE_START_GROUP);
        if (random.nextBoolean()) {
          unknown(out);
        }
        out.writeTag(field, WireFormat.WIRETYPE_END_GROUP);
      }
    }
  }
}
