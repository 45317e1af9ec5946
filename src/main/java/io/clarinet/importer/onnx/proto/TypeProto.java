package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.BITS;
import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value.
 *
 * @param tensorType null if it is no tensor
 */
public record TypeProto(@Nullable Tensor tensorType) implements WireMessage {
  private static final int TENSOR_TYPE = 1 << BITS | DELIMITED;

  /** Sequences, maps, opaque values, sparse tensors, optionals: of all types the last counts. */
  private static final Set<Integer> OTHER_TYPES =
      Set.of(
          4 << BITS | DELIMITED,
          5 << BITS | DELIMITED,
          7 << BITS | DELIMITED,
          8 << BITS | DELIMITED,
          9 << BITS | DELIMITED);

  static TypeProto read(List<ByteBuffer> parts) throws WireException {
    WireReader in = new WireReader(parts);
    List<ByteBuffer> tensorType = new ArrayList<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == TENSOR_TYPE) {
        tensorType.add(in.payload());
      } else {
        if (OTHER_TYPES.contains(tag)) {
          tensorType.clear();
        }
        in.skip();
      }
    }
    return new TypeProto(tensorType.isEmpty() ? null : Tensor.read(tensorType));
  }

  @Override
  public void writeTo(WireWriter out) throws IOException {
    if (tensorType != null) {
      out.message(TENSOR_TYPE, tensorType);
    }
  }

  /**
   * The type of a tensor.
   *
   * @param elemType the number of a {@link TensorProto.DataType}
   * @param shape null if not even the rank is known
   */
  public record Tensor(int elemType, @Nullable TensorShapeProto shape) implements WireMessage {
    private static final int ELEM_TYPE = 1 << BITS | VARINT;
    private static final int SHAPE = 2 << BITS | DELIMITED;

    private static Tensor read(List<ByteBuffer> parts) throws WireException {
      WireReader in = new WireReader(parts);
      int elemType = 0;
      List<ByteBuffer> shape = new ArrayList<>();
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        switch (tag) {
          case ELEM_TYPE -> elemType = (int) in.varint();
          case SHAPE -> shape.add(in.payload());
          default -> in.skip();
        }
      }
      return new Tensor(elemType, shape.isEmpty() ? null : TensorShapeProto.read(shape));
    }

    @Override
    public void writeTo(WireWriter out) throws IOException {
      out.integer(ELEM_TYPE, elemType);
      if (shape != null) {
        out.message(SHAPE, shape);
      }
    }
  }
}
