package io.clarinet.importer.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A zip archive (PKWARE's APPNOTE 6.3.3) in memory or mapped, its entries views of its bytes. */
public final class Archive {
  private static final int LOCAL_ENTRY = 0x04034b50;
  private static final int CENTRAL_ENTRY = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int ENCRYPTED = 1;

  private final ByteBuffer file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Archive(ByteBuffer file) {
    this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether the bytes begin as an archive does. */
  public static boolean isOne(ByteBuffer file) {
    ByteBuffer start = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    return start.remaining() >= Integer.BYTES && start.getInt(0) == LOCAL_ENTRY;
  }

  /**
   * Reads the list of entries at the archive's end.
   *
   * @throws IOException if it is unsound, or names an entry twice
   */
  public static Archive read(ByteBuffer file) throws IOException {
    Archive archive = new Archive(file);
    archive.readEntries();
    return archive;
  }

  /** Each entry by its name, in the archive's order. */
  public Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** The entry of a name, or null if there is none. */
  public @Nullable Entry find(String name) {
    return entries.get(name);
  }

  private void readEntries() throws IOException {
    int end = end();
    int count = uint16(end + 10);
    long at = uint32(end + 16);
    for (int i = 0; i < count; i++) {
      require(at, CENTRAL_BYTES);
      at += readEntry((int) at);
    }
  }

  private int end() throws IOException {
    int first = Math.max(0, file.limit() - END_BYTES - MAX_COMMENT);
    for (int at = file.limit() - END_BYTES; at >= first; at--) {
      if (file.getInt(at) == END && at + END_BYTES + uint16(at + 20) == file.limit()) {
        return at;
      }
    }
    throw new IOException("the archive is cut short: the list of its entries is missing");
  }

  /** Reads one entry of the central list; gives its length there. */
  private int readEntry(int at) throws IOException {
    if (file.getInt(at) != CENTRAL_ENTRY) {
      throw new IOException("the archive's list of entries is damaged");
    }
    int nameBytes = uint16(at + 28);
    require(at, CENTRAL_BYTES + nameBytes);
    byte[] name = new byte[nameBytes];
    file.get(at + CENTRAL_BYTES, name);
    String text = new String(name, StandardCharsets.UTF_8);
    if (entries.put(text, entry(at, text)) != null) {
      throw new IOException("entry \"" + text + "\" is there twice");
    }
    return CENTRAL_BYTES + nameBytes + uint16(at + 30) + uint16(at + 32);
  }

  private Entry entry(int at, String name) throws IOException {
    int method = uint16(at + 10);
    long packed = uint32(at + 20);
    long size = uint32(at + 24);
    if ((uint16(at + 8) & ENCRYPTED) != 0) {
      throw new IOException("entry \"" + name + "\" is encrypted");
    }
    if (method == 0 && packed != size) {
      throw new IOException("entry \"" + name + "\" has two sizes, " + packed + " and " + size);
    }
    return new Entry(name, method, size, data(uint32(at + 42), packed, name));
  }

  private ByteBuffer data(long local, long size, String name) throws IOException {
    require(local, LOCAL_BYTES);
    int at = (int) local;
    long start = local + LOCAL_BYTES + uint16(at + 26) + uint16(at + 28);
    require(start, size);
    if (file.getInt(at) != LOCAL_ENTRY) {
      throw new IOException("entry \"" + name + "\" is not where the archive's list says");
    }
    return file.slice((int) start, (int) size);
  }

  private void require(long at, long bytes) throws IOException {
    if (at + bytes > file.limit()) {
      throw new IOException("the archive is cut short, or lies about its sizes");
    }
  }

  private int uint16(int at) {
    return file.getShort(at) & 0xffff;
  }

  private long uint32(int at) {
    return file.getInt(at) & 0xffffffffL;
  }
}
