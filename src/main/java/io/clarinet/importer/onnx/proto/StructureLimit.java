package io.clarinet.importer.onnx.proto;

import java.nio.ByteBuffer;

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

    Message child(int tag) {
      return switch (this) {
        case MODEL -> tag == ModelProto.GRAPH ? GRAPH : LEAF;
        case GRAPH ->
            switch (tag) {
              case GraphProto.NODE -> NODE;
              case GraphProto.INITIALIZER -> TENSOR;
              case GraphProto.INPUT, GraphProto.OUTPUT -> VALUE;
              default -> LEAF;
            };
        case NODE -> tag == NodeProto.ATTRIBUTE ? ATTRIBUTE : LEAF;
        default -> LEAF;
      };
    }

    boolean isPacked(int tag) {
      return switch (this) {
        case ATTRIBUTE -> tag == AttributeProto.INTS || tag == AttributeProto.FLOATS;
        case TENSOR -> tag == TensorProto.DIMS;
        case VALUE -> tag == ValueInfoProto.TYPE;
        default -> false;
      };
    }
  }

  static void require(ByteBuffer model) throws WireException {
    new StructureLimit((2L * model.remaining() + SLACK_BYTES) / FIELD_BYTES)
        .walk(new WireReader(model), Message.MODEL);
  }

  private void walk(WireReader in, Message message) throws WireException {
    int inputs = 0;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      boolean input = message == Message.NODE && tag == NodeProto.INPUT;
      inputs += input ? 1 : 0;
      add(input && inputs > FEW_INPUTS ? INPUT_FIELDS : 1);
      Message child = message.child(tag);
      if (child != Message.LEAF) {
        walk(new WireReader(in.payload()), child);
      } else if (message.isPacked(tag)) {
        add(in.payload().remaining() / PACKED_BYTES);
      } else {
        in.skip();
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
