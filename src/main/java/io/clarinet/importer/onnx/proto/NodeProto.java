package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of an operator.
 *
 * @param inputs names of values; empty ones are left out
 * @param domain whose operator it is; empty for ONNX's own
 * @param overload which of the model's functions of this name it calls
 */
public record NodeProto(
    String name,
    String opType,
    String domain,
    List<String> inputs,
    List<String> outputs,
    List<AttributeProto> attributes,
    String overload)
    implements WireMessage {
  static final int INPUT = 1 << BITS | DELIMITED;
  private static final int OUTPUT = 2 << BITS | DELIMITED;
  private static final int NAME = 3 << BITS | DELIMITED;
  private static final int OP_TYPE = 4 << BITS | DELIMITED;
  static final int ATTRIBUTE = 5 << BITS | DELIMITED;
  private static final int DOMAIN = 7 << BITS | DELIMITED;
  private static final int OVERLOAD = 8 << BITS | DELIMITED;

  public NodeProto {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
  }

  /** A call of an operator that has one form. */
  public NodeProto(
      String name,
      String opType,
      String domain,
      List<String> inputs,
      List<String> outputs,
      List<AttributeProto> attributes) {
    this(name, opType, domain, inputs, outputs, attributes, "");
  }

  static NodeProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String name = "";
    String opType = "";
    String domain = "";
    String overload = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<AttributeProto> attributes = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case INPUT -> inputs.add(in.string());
        case OUTPUT -> outputs.add(in.string());
        case NAME -> name = in.string();
        case OP_TYPE -> opType = in.string();
        case ATTRIBUTE -> attributes.add(AttributeProto.read(in.payload()));
        case DOMAIN -> domain = in.string();
        case OVERLOAD -> overload = in.string();
        default -> in.skip();
      }
    }
    return new NodeProto(name, opType, domain, inputs, outputs, attributes, overload);
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    for (String input : inputs) {
      out.string(INPUT, input);
    }
    for (String output : outputs) {
      out.string(OUTPUT, output);
    }
    out.string(NAME, name);
    out.string(OP_TYPE, opType);
    for (AttributeProto attribute : attributes) {
      out.message(ATTRIBUTE, attribute);
    }
    if (!domain.isEmpty()) {
      out.string(DOMAIN, domain);
    }
    if (!overload.isEmpty()) {
      out.string(OVERLOAD, overload);
    }
  }
}
