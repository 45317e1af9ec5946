package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a model, and the values that they start from and that they make.
 *
 * @param initializers each a {@link TensorProto}, still as bytes
 * @param sparseInitializers each a {@link SparseTensorProto}, still as bytes
 */
public record GraphProto(
    String name,
    List<NodeProto> nodes,
    List<ByteBuffer> initializers,
    List<ValueInfoProto> inputs,
    List<ValueInfoProto> outputs,
    List<ByteBuffer> sparseInitializers)
    implements WireMessage {
  static final int NODE = 1 << BITS | DELIMITED;
  private static final int NAME = 2 << BITS | DELIMITED;
  public static final int INITIALIZER = 5 << BITS | DELIMITED;
  static final int INPUT = 11 << BITS | DELIMITED;
  static final int OUTPUT = 12 << BITS | DELIMITED;
  static final int SPARSE_INITIALIZER = 15 << BITS | DELIMITED;

  public GraphProto {
    nodes = List.copyOf(nodes);
    initializers = List.copyOf(initializers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    sparseInitializers = List.copyOf(sparseInitializers);
  }

  /** A graph without sparse initializers. */
  public GraphProto(
      String name,
      List<NodeProto> nodes,
      List<ByteBuffer> initializers,
      List<ValueInfoProto> inputs,
      List<ValueInfoProto> outputs) {
    this(name, nodes, initializers, inputs, outputs, List.of());
  }

  static GraphProto read(List<ByteBuffer> parts) throws WireException {
    WireReader in = new WireReader(parts);
    String name = "";
    List<NodeProto> nodes = new ArrayList<>();
    List<ByteBuffer> initializers = new ArrayList<>();
    List<ValueInfoProto> inputs = new ArrayList<>();
    List<ValueInfoProto> outputs = new ArrayList<>();
    List<ByteBuffer> sparse = new ArrayList<>(0);
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case NODE -> nodes.add(NodeProto.read(in.payload()));
        case NAME -> name = in.string();
        case INITIALIZER -> initializers.add(in.payload());
        case INPUT -> inputs.add(ValueInfoProto.read(in.payload()));
        case OUTPUT -> outputs.add(ValueInfoProto.read(in.payload()));
        case SPARSE_INITIALIZER -> sparse.add(in.payload());
        default -> in.skip();
      }
    }
    return new GraphProto(name, nodes, initializers, inputs, outputs, sparse);
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    for (NodeProto node : nodes) {
      out.message(NODE, node);
    }
    out.string(NAME, name);
    for (ByteBuffer initializer : initializers) {
      out.bytes(INITIALIZER, initializer);
    }
    for (ValueInfoProto input : inputs) {
      out.message(INPUT, input);
    }
    for (ValueInfoProto output : outputs) {
      out.message(OUTPUT, output);
    }
    for (ByteBuffer initializer : sparseInitializers) {
      out.bytes(SPARSE_INITIALIZER, initializer);
    }
  }
}
