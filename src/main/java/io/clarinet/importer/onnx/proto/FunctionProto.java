package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator that the model defines itself, by nodes over its inputs.
 *
 * @param attributes those that a caller gives and that have no default
 * @param defaults those that a caller may give
 * @param opsetImports the operator sets of its own nodes
 * @param overload which of several of the same name it is
 * @param bytes that it takes in the file
 */
public record FunctionProto(
    String name,
    String domain,
    String overload,
    List<String> inputs,
    List<String> outputs,
    List<String> attributes,
    List<AttributeProto> defaults,
    List<NodeProto> nodes,
    List<OperatorSetIdProto> opsetImports,
    int bytes)
    implements WireMessage {
  private static final int NAME = 1 << BITS | DELIMITED;
  private static final int INPUT = 4 << BITS | DELIMITED;
  private static final int OUTPUT = 5 << BITS | DELIMITED;
  private static final int ATTRIBUTE = 6 << BITS | DELIMITED;
  static final int NODE = 7 << BITS | DELIMITED;
  private static final int OPSET_IMPORT = 9 << BITS | DELIMITED;
  private static final int DOMAIN = 10 << BITS | DELIMITED;
  static final int DEFAULT = 11 << BITS | DELIMITED;
  private static final int OVERLOAD = 13 << BITS | DELIMITED;

  public FunctionProto {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
    defaults = List.copyOf(defaults);
    nodes = List.copyOf(nodes);
    opsetImports = List.copyOf(opsetImports);
  }

  static FunctionProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String name = "";
    String domain = "";
    String overload = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> attributes = new ArrayList<>();
    List<AttributeProto> defaults = new ArrayList<>();
    List<NodeProto> nodes = new ArrayList<>();
    List<OperatorSetIdProto> opsetImports = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case NAME -> name = in.string();
        case INPUT -> inputs.add(in.string());
        case OUTPUT -> outputs.add(in.string());
        case ATTRIBUTE -> attributes.add(in.string());
        case NODE -> nodes.add(NodeProto.read(in.payload()));
        case OPSET_IMPORT -> opsetImports.add(OperatorSetIdProto.read(in.payload()));
        case DOMAIN -> domain = in.string();
        case DEFAULT -> defaults.add(AttributeProto.read(in.payload()));
        case OVERLOAD -> overload = in.string();
        default -> in.skip();
      }
    }
    return new FunctionProto(
        name,
        domain,
        overload,
        inputs,
        outputs,
        attributes,
        defaults,
        nodes,
        opsetImports,
        message.remaining());
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    out.string(NAME, name);
    for (String input : inputs) {
      out.string(INPUT, input);
    }
    for (String output : outputs) {
      out.string(OUTPUT, output);
    }
    for (String attribute : attributes) {
      out.string(ATTRIBUTE, attribute);
    }
    for (NodeProto node : nodes) {
      out.message(NODE, node);
    }
    for (OperatorSetIdProto opset : opsetImports) {
      out.message(OPSET_IMPORT, opset);
    }
    out.string(DOMAIN, domain);
    for (AttributeProto attribute : defaults) {
      out.message(DEFAULT, attribute);
    }
    if (!overload.isEmpty()) {
      out.string(OVERLOAD, overload);
    }
  }
}
