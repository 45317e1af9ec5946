package io.clarinet.importer.hdf5;

import io.clarinet.importer.hdf5.ObjectHeader.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The links of a group: addresses of object headers by name. Soft and external links, which may
 * lead anywhere, are left out.
 */
final class Links {
  private static final int ENTRY = 40;
  private static final int SOFT = 2;

  private final Bytes bytes;
  private final Map<String, Long> addresses = new LinkedHashMap<>();

  private Links(Bytes bytes) {
    this.bytes = bytes;
  }

  static Map<String, Long> read(Bytes bytes, ObjectHeader header) {
    Links links = new Links(bytes);
    Message table = header.find(ObjectHeader.SYMBOL_TABLE);
    if (table != null) {
      links.readTable(bytes.i64(table.at()), bytes.i64(table.at() + 8));
    } else {
      links.readMessages(header);
    }
    return links.addresses;
  }

  /** A B-tree of symbol table nodes, whose names lie in a local heap (sections III.A, B, D). */
  private void readTable(long root, long heap) {
    bytes.requireSignature(heap, "HEAP");
    long names = bytes.i64(heap + 24);
    Deque<Long> nodes = new ArrayDeque<>();
    nodes.add(root);
    while (!nodes.isEmpty()) {
      long node = nodes.remove();
      bytes.requireSignature(node, "TREE");
      boolean leaf = bytes.u8(node + 5) == 0;
      for (int i = 0; i < bytes.u16(node + 6); i++) {
        bytes.step();
        long child = bytes.i64(node + 32 + 16L * i);
        if (leaf) {
          readNode(child, names);
        } else {
          nodes.add(child);
        }
      }
    }
  }

  private void readNode(long node, long names) {
    bytes.requireSignature(node, "SNOD");
    for (int i = 0; i < bytes.u16(node + 6); i++) {
      bytes.step();
      long entry = node + 8 + (long) ENTRY * i;
      if (bytes.u32(entry + 16) != SOFT) {
        addresses.put(bytes.text(names + bytes.i64(entry)), bytes.i64(entry + 8));
      }
    }
  }

  /** Links in messages of the group's own header (section IV.A.2.g). */
  private void readMessages(ObjectHeader header) {
    Message info = header.find(ObjectHeader.LINK_INFO);
    if (info != null) {
      boolean ordered = (bytes.u8(info.at() + 1) & 1) != 0;
      if (bytes.i64(info.at() + (ordered ? 10 : 2)) != Bytes.UNDEFINED) {
        throw new IllegalArgumentException(
            "a group is stored in a fractal heap; save the file by h5py's default libver");
      }
    }
    for (Message message : header.messages()) {
      if (message.type() == ObjectHeader.LINK) {
        readLink(message.at());
      }
    }
  }

  private void readLink(long at) {
    int flags = bytes.u8(at + 1);
    boolean typed = (flags & 8) != 0;
    int lengthBytes = 1 << (flags & 3);
    long next = at + 2 + (typed ? 1 : 0) + ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
    long length = bytes.unsigned(next, lengthBytes);
    if (!typed || bytes.u8(at + 2) == 0) {
      String name = bytes.text(next + lengthBytes, length);
      addresses.put(name, bytes.i64(next + lengthBytes + length));
    }
  }
}
