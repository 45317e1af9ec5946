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

  /** Messages from a graph to one inside of it: the graph, a node, an attribute. */
  private static final int LEVELS = 3;

  /** As protobuf's own readers have it. */
  private static final int MAX_DEPTH = 100;

  private final long limit;
  private long fields;

  private StructureLimit(long limit) {
    this.limit = limit;
  }

  /** The messages that a parsed model is made of. */
  private enum Message {
    MODEL,
    FUNCTION,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE,
    VALUE,
    LEAF;

    Message child(int tag) {
      return switch (this) {
        case MODEL ->
            switch (tag) {
              case ModelProto.GRAPH -> GRAPH;
              case ModelProto.FUNCTION -> FUNCTION;
              default -> LEAF;
            };
        case FUNCTION ->
            switch (tag) {
              case FunctionProto.NODE -> NODE;
              case FunctionProto.DEFAULT -> ATTRIBUTE;
              default -> LEAF;
            };
        case GRAPH ->
            switch (tag) {
              case GraphProto.NODE -> NODE;
              case GraphProto.INITIALIZER -> TENSOR;
              case GraphProto.SPARSE_INITIALIZER -> SPARSE;
              case GraphProto.INPUT, GraphProto.OUTPUT -> VALUE;
              default -> LEAF;
            };
        case NODE -> tag == NodeProto.ATTRIBUTE ? ATTRIBUTE : LEAF;
        case ATTRIBUTE -> tag == AttributeProto.G ? GRAPH : LEAF;
        case SPARSE ->
            tag == SparseTensorProto.VALUES || tag == SparseTensorProto.INDICES ? TENSOR : LEAF;
        default -> LEAF;
      };
    }

    boolean isPacked(int tag) {
      return switch (this) {
        case ATTRIBUTE -> tag == AttributeProto.INTS || tag == AttributeProto.FLOATS;
        case TENSOR -> tag == TensorProto.DIMS;
        case SPARSE -> tag == SparseTensorProto.DIMS;
        case VALUE -> tag == ValueInfoProto.TYPE;
        default -> false;
      };
    }
  }

  static void require(ByteBuffer model) throws WireException {
    new StructureLimit((2L * model.remaining() + SLACK_BYTES) / FIELD_BYTES)
        .walk(new WireReader(model), Message.MODEL, 0);
  }

  private void walk(WireReader in, Message message, int depth) throws WireException {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "its graphs are nested more than " + MAX_DEPTH / LEVELS + " deep");
    }
    int inputs = 0;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      boolean input = message == Message.NODE && tag == NodeProto.INPUT;
      inputs += input ? 1 : 0;
      add(input && inputs > FEW_INPUTS ? INPUT_FIELDS : 1);
      Message child = message.child(tag);
      if (child != Message.LEAF) {
        walk(new WireReader(in.payload()), child, depth + 1);
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
