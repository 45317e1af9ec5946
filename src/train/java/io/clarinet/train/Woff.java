package io.clarinet.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a WOFF 1.0 file to the TrueType or OpenType file inside it (W3C WOFF, section 3). */
final class Woff {
  private static final int SIGNATURE = 0x774F4646;
  private static final int HEADER = 44;
  private static final int ENTRY = 20;
  private static final int SFNT_HEADER = 12;
  private static final int SFNT_ENTRY = 16;

  private Woff() {}

  /** The sfnt bytes; throws IOException when the file is no WOFF 1.0 file. */
  static byte[] toSfnt(byte[] woff) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(woff);
    if (woff.length < HEADER || in.getInt(0) != SIGNATURE) {
      throw new IOException("not a WOFF 1.0 file");
    }
    int tables = Short.toUnsignedInt(in.getShort(12));
    ByteBuffer out = ByteBuffer.allocate(in.getInt(16));
    sfntHeader(out, in.getInt(4), tables);
    int data = SFNT_HEADER + SFNT_ENTRY * tables;
    for (int i = 0; i < tables; i++) {
      int entry = HEADER + ENTRY * i;
      int length = in.getInt(entry + 12);
      byte[] table = table(woff, in.getInt(entry + 4), in.getInt(entry + 8), length);
      out.putInt(in.getInt(entry)).putInt(in.getInt(entry + 16)).putInt(data).putInt(length);
      out.put(data, table);
      data += (length + 3) & ~3;
    }
    return out.array();
  }

  private static void sfntHeader(ByteBuffer out, int flavour, int tables) {
    int power = Integer.highestOneBit(tables);
    out.putInt(flavour).putShort((short) tables);
    out.putShort((short) (power * SFNT_ENTRY));
    out.putShort((short) Integer.numberOfTrailingZeros(power));
    out.putShort((short) ((tables - power) * SFNT_ENTRY));
  }

  private static byte[] table(byte[] woff, int offset, int packed, int length) throws IOException {
    byte[] table = new byte[length];
    if (packed == length) {
      System.arraycopy(woff, offset, table, 0, length);
      return table;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(woff, offset, packed);
      if (inflater.inflate(table) != length) {
        throw new IOException("a compressed table ends early");
      }
    } catch (DataFormatException e) {
      throw new IOException("a compressed table is corrupt", e);
    } finally {
      inflater.end();
    }
    return table;
  }
}
