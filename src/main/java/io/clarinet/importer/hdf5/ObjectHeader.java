package io.clarinet.importer.hdf5;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that describe an object (sections IV.A.1 and IV.A.2 of the specification).
 *
 * @param messages in the file's order
 */
record ObjectHeader(List<Message> messages) {
  static final int DATASPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  static final int LINK = 0x06;
  static final int LAYOUT = 0x08;
  static final int FILTERS = 0x0b;
  static final int ATTRIBUTE = 0x0c;
  static final int SYMBOL_TABLE = 0x11;
  static final int ATTRIBUTE_INFO = 0x15;
  private static final int CONTINUATION = 0x10;
  private static final int SHARED = 2;
  private static final int CHECKSUM = 4;

  /**
   * One message.
   *
   * @param at where its content begins
   */
  record Message(int type, long at, long length) {}

  /** A run of messages that are still to be read. */
  private record Block(long at, long length) {}

  /** The header at an address. */
  static ObjectHeader read(Bytes bytes, long at) {
    return bytes.u8(at) == 1 ? first(bytes, at) : second(bytes, at);
  }

  /** The first message of a type, or null if there is none. */
  @Nullable Message find(int type) {
    return messages.stream().filter(message -> message.type() == type).findFirst().orElse(null);
  }

  /** The only message of a type. */
  Message require(int type, String what) {
    Message found = find(type);
    if (found == null) {
      throw new IllegalArgumentException("it has no " + what);
    }
    return found;
  }

  private static ObjectHeader first(Bytes bytes, long at) {
    List<Message> messages = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block(at + 16, bytes.u32(at + 8)));
    for (int i = 0; i < blocks.size(); i++) {
      long next = blocks.get(i).at();
      long end = next + blocks.get(i).length();
      while (next + 8 <= end) {
        Message message = new Message(bytes.u16(next), next + 8, bytes.u16(next + 2));
        note(bytes, message, bytes.u8(next + 4), messages, blocks);
        next += 8 + message.length();
      }
    }
    return new ObjectHeader(messages);
  }

  private static ObjectHeader second(Bytes bytes, long at) {
    bytes.requireSignature(at, "OHDR");
    int flags = bytes.u8(at + 5);
    long start = at + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
    int sizeBytes = 1 << (flags & 3);
    int prefix = (flags & 4) != 0 ? 6 : 4;
    List<Message> messages = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block(start + sizeBytes, bytes.unsigned(start, sizeBytes)));
    for (int i = 0; i < blocks.size(); i++) {
      long next = blocks.get(i).at();
      long end = next + blocks.get(i).length();
      if (i > 0) {
        bytes.requireSignature(next, "OCHK");
        next += 4;
        end -= CHECKSUM;
      }
      while (next + prefix <= end) {
        Message message = new Message(bytes.u8(next), next + prefix, bytes.u16(next + 1));
        note(bytes, message, bytes.u8(next + 3), messages, blocks);
        next += prefix + message.length();
      }
    }
    return new ObjectHeader(messages);
  }

  private static void note(
      Bytes bytes, Message message, int flags, List<Message> messages, List<Block> blocks) {
    bytes.step();
    bytes.require(message.at(), message.length());
    if (message.type() == CONTINUATION) {
      blocks.add(new Block(bytes.i64(message.at()), bytes.i64(message.at() + 8)));
      return;
    }
    boolean read = message.type() == DATATYPE || message.type() == DATASPACE;
    if (read && (flags & SHARED) != 0) {
      throw new IllegalArgumentException("it shares a description with others");
    }
    messages.add(message);
  }
}
