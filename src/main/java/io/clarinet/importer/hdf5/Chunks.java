package io.clarinet.importer.hdf5;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A dataset that is stored in chunks, found by a B-tree (section III.A.1 of the specification).
 * Nothing is unpacked before it is asked for.
 */
final class Chunks {
  private final Bytes bytes;
  private final ElementType type;
  private final Shape shape;
  private final Shape chunk;
  private final int chunkBytes;
  private final Filters filters;
  private final Map<List<Long>, ByteBuffer> stored = new LinkedHashMap<>();

  /**
   * Notes where the chunks lie, and tries whether each unpacks to its size.
   *
   * @param layout where the layout message begins
   * @throws IllegalArgumentException if one is missing or damaged
   */
  Chunks(Bytes bytes, long layout, ElementType type, Shape shape, Filters filters) {
    this.bytes = bytes;
    this.type = type;
    this.shape = shape;
    this.filters = filters;
    int rank = bytes.u8(layout + 2) - 1;
    if (rank != shape.rank() || rank < 1) {
      throw new IllegalArgumentException("its chunks have " + rank + " axes");
    }
    long[] dims = new long[rank];
    Arrays.setAll(dims, axis -> bytes.u32(layout + 11 + 4L * axis));
    this.chunk = Shape.of(dims);
    this.chunkBytes = Math.toIntExact(Math.multiplyExact(chunk.size(), (long) type.bytes()));
    if (chunkBytes == 0) {
      throw new IllegalArgumentException("its chunks are empty");
    }
    readTree(bytes.i64(layout + 3));
    requireAll();
  }

  private void readTree(long root) {
    long key = 8 + 8L * (chunk.rank() + 1);
    Deque<Long> nodes = new ArrayDeque<>();
    if (root != Bytes.UNDEFINED) {
      nodes.add(root);
    }
    while (!nodes.isEmpty()) {
      long node = nodes.remove();
      bytes.requireSignature(node, "TREE");
      boolean leaf = bytes.u8(node + 5) == 0;
      for (int i = 0; i < bytes.u16(node + 6); i++) {
        bytes.step();
        long entry = node + 24 + i * (key + 8);
        long child = bytes.i64(entry + key);
        if (leaf) {
          List<Long> at =
              LongStream.range(0, chunk.rank())
                  .map(axis -> bytes.i64(entry + 8 + 8 * axis))
                  .boxed()
                  .toList();
          stored.put(at, bytes.slice(child, bytes.u32(entry)));
        } else {
          nodes.add(child);
        }
      }
    }
  }

  /** Every chunk must be there; those that nothing was written to are not stored. */
  private void requireAll() {
    long wanted = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long count = (shape.dim(axis) + chunk.dim(axis) - 1L) / chunk.dim(axis);
      wanted = Math.multiplyExact(wanted, count);
    }
    long inside = stored.keySet().stream().filter(this::isInside).count();
    if (inside != wanted || stored.size() != wanted) {
      throw new IllegalArgumentException("it has " + inside + " of its " + wanted + " chunks");
    }
    stored.values().forEach(raw -> filters.check(raw, chunkBytes));
  }

  private boolean isInside(List<Long> at) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      long start = at.get(axis);
      if (start < 0 || start >= shape.dim(axis) || start % chunk.dim(axis) != 0) {
        return false;
      }
    }
    return true;
  }

  /** All elements. */
  Tensor tensor() {
    Tensor tensor = Tensor.zeros(type, shape);
    ByteBuffer to = tensor.bytes();
    stored.forEach((at, raw) -> copy(filters.unpack(raw, chunkBytes, type.bytes()), at, to));
    return tensor;
  }

  /** Copies the part of a chunk that lies inside the dataset. */
  private void copy(byte[] data, List<Long> at, ByteBuffer to) {
    int last = chunk.rank() - 1;
    int row = chunk.dim(last) * type.bytes();
    int inside = (int) Math.min(chunk.dim(last), shape.dim(last) - at.get(last)) * type.bytes();
    long[] outer = shape.strides();
    long[] inner = chunk.strides();
    for (int from = 0; from < chunkBytes; from += row) {
      long target = 0;
      boolean outside = false;
      long rest = from / type.bytes();
      for (int axis = 0; axis <= last; axis++) {
        long index = at.get(axis) + rest / inner[axis];
        rest %= inner[axis];
        outside |= index >= shape.dim(axis);
        target += index * outer[axis];
      }
      if (!outside) {
        to.put(Math.toIntExact(target * type.bytes()), data, from, inside);
      }
    }
  }
}
