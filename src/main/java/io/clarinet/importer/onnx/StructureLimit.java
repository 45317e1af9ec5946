package io.clarinet.importer.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import java.io.IOException;

/**
 * Refuses a file of which parsing would make objects beyond twice its size and some slack, before
 * anything is made: on the wire two bytes are enough for an empty node.
 */
final class StructureLimit {
  /** Approximate heap bytes of one field as an object. */
  private static final long FIELD_BYTES = 128;

  private static final long SLACK_BYTES = 64 << 20;

  /** Bytes of packed numbers on the wire that cost as much as a field. */
  private static final int PACKED_BYTES = 8;

  /** Inputs of a node that cost no more than a field. */
  private static final int FEW_INPUTS = 8;

  /** Fields' worth of each further input: taken two by two, it becomes a node of its own. */
  private static final int INPUT_FIELDS = 14;

  private final long limit;
  private long fields;

  private StructureLimit(long limit) {
    this.limit = limit;
  }

  /** The messages that a parsed model is made of. */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    VALUE,
    LEAF;

    Message child(int field) {
      return switch (this) {
        case MODEL -> field == ModelProto.GRAPH_FIELD_NUMBER ? GRAPH : LEAF;
        case GRAPH ->
            switch (field) {
              case GraphProto.NODE_FIELD_NUMBER -> NODE;
              case GraphProto.INITIALIZER_FIELD_NUMBER -> TENSOR;
              case GraphProto.INPUT_FIELD_NUMBER, GraphProto.OUTPUT_FIELD_NUMBER -> VALUE;
              default -> LEAF;
            };
        case NODE -> field == NodeProto.ATTRIBUTE_FIELD_NUMBER ? ATTRIBUTE : LEAF;
        default -> LEAF;
      };
    }

    boolean isPacked(int field) {
      return switch (this) {
        case ATTRIBUTE ->
            field == AttributeProto.INTS_FIELD_NUMBER
                || field == AttributeProto.FLOATS_FIELD_NUMBER;
        case TENSOR -> field == TensorProto.DIMS_FIELD_NUMBER;
        case VALUE -> field == ValueInfoProto.TYPE_FIELD_NUMBER;
        default -> false;
      };
    }
  }

  /** Walks a model of so many bytes. */
  static void require(CodedInputStream model, long bytes) throws IOException {
    new StructureLimit((2 * bytes + SLACK_BYTES) / FIELD_BYTES).walk(model, Message.MODEL);
  }

  private void walk(CodedInputStream in, Message message) throws IOException {
    int inputs = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      boolean input = message == Message.NODE && field == NodeProto.INPUT_FIELD_NUMBER;
      inputs += input ? 1 : 0;
      add(input && inputs > FEW_INPUTS ? INPUT_FIELDS : 1);
      boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      Message child = delimited ? message.child(field) : Message.LEAF;
      if (child != Message.LEAF) {
        int outer = in.pushLimit(in.readRawVarint32());
        walk(in, child);
        in.popLimit(outer);
      } else if (delimited) {
        int length = in.readRawVarint32();
        add(message.isPacked(field) ? Math.max(0, length) / PACKED_BYTES : 0);
        in.skipRawBytes(length);
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group ends that never began");
      }
    }
  }

  private void add(long more) {
    fields += more;
    if (fields > limit) {
      throw new IllegalArgumentException("not a model: an absurd number of fields for its size");
    }
  }
}
