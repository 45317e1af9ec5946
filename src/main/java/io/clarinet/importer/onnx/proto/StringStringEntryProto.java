package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A value by its name. */
public record StringStringEntryProto(String key, String value) implements WireMessage {
  private static final int KEY = 1 << BITS | DELIMITED;
  private static final int VALUE = 2 << BITS | DELIMITED;

  static StringStringEntryProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String key = "";
    String value = "";
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case KEY -> key = in.string();
        case VALUE -> value = in.string();
        default -> in.skip();
      }
    }
    return new StringStringEntryProto(key, value);
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    out.string(KEY, key);
    out.string(VALUE, value);
  }
}
