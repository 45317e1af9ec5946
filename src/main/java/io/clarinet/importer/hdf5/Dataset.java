package io.clarinet.importer.hdf5;

import io.clarinet.importer.hdf5.ObjectHeader.Message;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;

/** A dataset's numbers as a constant (section IV.A.2.i of the specification). */
final class Dataset {
  private static final int COMPACT = 0;
  private static final int CHUNKED = 2;

  private Dataset() {}

  /**
   * The numbers as float32: a view of the file where they are stored so, else converted when asked
   * for.
   *
   * @throws IllegalArgumentException if they are no floats, or not all there
   */
  static Constant read(Bytes bytes, ObjectHeader header) {
    Shape shape = Dataspace.read(bytes, header.require(ObjectHeader.DATASPACE, "extents").at());
    ElementType type =
        Datatype.read(bytes, header.require(ObjectHeader.DATATYPE, "element type").at()).element();
    long at = header.require(ObjectHeader.LAYOUT, "data").at();
    int version = bytes.u8(at);
    int layout = bytes.u8(at + 1);
    boolean known = version == 3 || (version == 4 && layout != CHUNKED);
    if (!known || layout > CHUNKED) {
      throw new IllegalArgumentException(
          "its data are stored in form " + version + "." + layout + ", which is not supported");
    }
    if (layout == CHUNKED) {
      Message filters = header.find(ObjectHeader.FILTERS);
      Chunks chunks = new Chunks(bytes, at, type, shape, Filters.read(bytes, filters));
      return new Deferred(
          ElementType.FLOAT32, shape, () -> chunks.tensor().as(ElementType.FLOAT32));
    }
    long length = Math.multiplyExact(shape.size(), (long) type.bytes());
    long start = layout == COMPACT ? at + 4 : bytes.i64(at + 2);
    Tensor stored = Tensor.wrap(type, shape, bytes.slice(length == 0 ? 0 : start, length));
    return Converted.of(stored, ElementType.FLOAT32);
  }
}
