package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor that is zero nearly everywhere.
 *
 * @param values the other elements, a vector that has the tensor's name
 * @param indices their places, int64: [count] in the flattened tensor, or [count, rank]
 * @param dims the tensor's extents
 */
public record SparseTensorProto(TensorProto values, TensorProto indices, List<Long> dims)
    implements WireMessage {
  static final int VALUES = 1 << BITS | DELIMITED;
  static final int INDICES = 2 << BITS | DELIMITED;
  private static final int DIM = 3 << BITS | VARINT;
  static final int DIMS = 3 << BITS | DELIMITED;

  public SparseTensorProto {
    dims = List.copyOf(dims);
  }

  /**
   * A sparse tensor, its elements still views of the bytes.
   *
   * @throws WireException if the bytes are malformed or end too early
   */
  public static SparseTensorProto read(ByteBuffer message) throws WireException {
    WireReader in = new WireReader(message);
    List<ByteBuffer> values = new ArrayList<>(1);
    List<ByteBuffer> indices = new ArrayList<>(1);
    List<Long> dims = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case VALUES -> values.add(in.payload());
        case INDICES -> indices.add(in.payload());
        case DIM -> dims.add(in.varint());
        case DIMS -> in.packed(WireReader::varint, dims);
        default -> in.skip();
      }
    }
    return new SparseTensorProto(
        TensorProto.read(WireReader.joined(values)),
        TensorProto.read(WireReader.joined(indices)),
        dims);
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    out.message(VALUES, values);
    out.message(INDICES, indices);
    for (long dim : dims) {
      out.integer(DIM, dim);
    }
  }
}
