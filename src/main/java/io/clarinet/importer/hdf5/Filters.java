package io.clarinet.importer.hdf5;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.importer.hdf5.ObjectHeader.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The filters that each chunk of a dataset has passed through (section IV.A.2.l of the
 * specification).
 *
 * @param ids in the order in which they were applied
 */
record Filters(List<Integer> ids) {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int CHECKSUM = 4;
  private static final int SCRATCH = 1 << 16;
  private static final List<List<Integer>> KNOWN =
      List.of(List.of(), List.of(DEFLATE), List.of(SHUFFLE), List.of(SHUFFLE, DEFLATE));

  /**
   * The filters that a message lists; none where there is no message.
   *
   * @throws IllegalArgumentException if one is not known
   */
  static Filters read(Bytes bytes, @Nullable Message message) {
    List<Integer> ids = new ArrayList<>();
    if (message != null) {
      boolean first = bytes.u8(message.at()) == 1;
      long next = message.at() + (first ? 8 : 2);
      for (int i = 0; i < bytes.u8(message.at() + 1); i++) {
        int id = bytes.u16(next);
        boolean named = first || id >= 256;
        int name = named ? bytes.u16(next + 2) : 0;
        long values = bytes.u16(next + (named ? 6 : 4));
        long padded = first ? roundUp((long) name, 8) + (values % 2) * 4 : name;
        next += (named ? 8 : 6) + padded + 4 * values;
        ids.add(id);
      }
    }
    Filters filters = new Filters(List.copyOf(ids));
    if (!KNOWN.contains(filters.withoutChecksum()) || Collections.frequency(ids, FLETCHER32) > 1) {
      throw new IllegalArgumentException(
          "it is compressed by filters " + ids + "; save it with gzip or without");
    }
    return filters;
  }

  private List<Integer> withoutChecksum() {
    return ids.stream().filter(id -> id != FLETCHER32).toList();
  }

  /** Whether the checksum stands behind the data before they are deflated, as an extra 4 bytes. */
  private int checksumInside() {
    int checksum = ids.indexOf(FLETCHER32);
    int deflate = ids.indexOf(DEFLATE);
    return checksum >= 0 && checksum < deflate ? CHECKSUM : 0;
  }

  /**
   * Tries whether a chunk unpacks to its size.
   *
   * @throws IllegalArgumentException if it does not
   */
  void check(ByteBuffer stored, int size) {
    run(stored, size, null);
  }

  /** A chunk's {@code size} bytes as they were before. */
  byte[] unpack(ByteBuffer stored, int size, int elementBytes) {
    byte[] data = new byte[size + CHECKSUM];
    run(stored, size, data);
    return ids.contains(SHUFFLE) ? unshuffled(data, size, elementBytes) : data;
  }

  private void run(ByteBuffer stored, int size, byte @Nullable [] to) {
    ByteBuffer raw = stored.duplicate();
    if (ids.contains(FLETCHER32) && checksumInside() == 0) {
      require(raw.remaining() >= CHECKSUM);
      raw.limit(raw.limit() - CHECKSUM);
    }
    if (ids.contains(DEFLATE)) {
      inflate(raw, size + checksumInside(), to);
      return;
    }
    require(raw.remaining() == size);
    if (to != null) {
      raw.get(to, 0, size);
    }
  }

  private static void inflate(ByteBuffer raw, int wanted, byte @Nullable [] to) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(raw);
      byte[] target = to == null ? new byte[SCRATCH] : to;
      int done = 0;
      while (!inflater.finished() && done <= wanted) {
        int from = to == null ? 0 : done;
        int count = inflater.inflate(target, from, target.length - from);
        require(count > 0 || inflater.finished());
        done += count;
      }
      require(done == wanted);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a chunk is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static void require(boolean whole) {
    if (!whole) {
      throw new IllegalArgumentException("a chunk is not of the chunks' size");
    }
  }

  /** Bytes of equal place in their elements lie together in a shuffled chunk. */
  private static byte[] unshuffled(byte[] shuffled, int size, int elementBytes) {
    byte[] bytes = new byte[size];
    int elements = size / elementBytes;
    for (int i = 0; i < size; i++) {
      bytes[i] = shuffled[i % elementBytes * elements + i / elementBytes];
    }
    return bytes;
  }
}
