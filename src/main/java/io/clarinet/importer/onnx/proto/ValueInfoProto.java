package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input or output.
 *
 * @param type null if it is not told
 */
public record ValueInfoProto(String name, @Nullable TypeProto type) implements WireMessage {
  private static final int NAME = 1 << BITS | DELIMITED;
  static final int TYPE = 2 << BITS | DELIMITED;

  static ValueInfoProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    String name = "";
    List<ByteBuffer> type = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case NAME -> name = in.string();
        case TYPE -> type.add(in.payload());
        default -> in.skip();
      }
    }
    return new ValueInfoProto(name, type.isEmpty() ? null : TypeProto.read(type));
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    out.string(NAME, name);
    if (type != null) {
      out.message(TYPE, type);
    }
  }
}
