package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The extents of a value. */
public record TensorShapeProto(List<Dimension> dims) implements WireMessage {
  private static final int DIM = 1 << BITS | DELIMITED;

  public TensorShapeProto {
    dims = List.copyOf(dims);
  }

  static TensorShapeProto read(List<ByteBuffer> parts) throws WireException {
    WireReader in = new WireReader(parts);
    List<Dimension> dims = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == DIM) {
        dims.add(Dimension.read(in.payload()));
      } else {
        in.skip();
      }
    }
    return new TensorShapeProto(dims);
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    for (Dimension dim : dims) {
      out.message(DIM, dim);
    }
  }

  /**
   * An extent: a number, or a name where it is open, or neither.
   *
   * @param value the number, or null
   * @param param the name, or null
   */
  public record Dimension(@Nullable Long value, @Nullable String param) implements WireMessage {
    private static final int VALUE = 1 << BITS | VARINT;
    private static final int PARAM = 2 << BITS | DELIMITED;

    public static Dimension of(long value) {
      return new Dimension(value, null);
    }

    public static Dimension open(String param) {
      return new Dimension(null, param);
    }

    /** Of number and name the last counts. */
    private static Dimension read(ByteBuffer message) throws WireException {
      WireReader in = new WireReader(message);
      Dimension last = new Dimension(null, null);
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        switch (tag) {
          case VALUE -> last = of(in.varint());
          case PARAM -> last = open(in.string());
          default -> in.skip();
        }
      }
      return last;
    }

    @Override
    public void writeTo(WireWriter out) throws IOException {
      if (value != null) {
        out.integer(VALUE, value);
      }
      if (param != null) {
        out.string(PARAM, param);
      }
    }
  }
}
