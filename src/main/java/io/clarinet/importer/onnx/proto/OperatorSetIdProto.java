package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The version of a set of operators that a model uses.
 *
 * @param domain whose operators; empty for ONNX's own
 */
public record OperatorSetIdProto(String domain, long version) implements WireMessage {
  private static final int DOMAIN = 1 << BITS | DELIMITED;
  private static final int VERSION = 2 << BITS | VARINT;

  static OperatorSetIdProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String domain = "";
    long version = 0;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case DOMAIN -> domain = in.string();
        case VERSION -> version = in.varint();
        default -> in.skip();
      }
    }
    return new OperatorSetIdProto(domain, version);
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    out.string(DOMAIN, domain);
    out.integer(VERSION, version);
  }
}
