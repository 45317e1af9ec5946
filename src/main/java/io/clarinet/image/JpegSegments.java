package io.clarinet.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;

/** The marker segments before a JPEG file's first scan (ITU-T T.81, annex B). */
final class JpegSegments {
  private static final int APP2 = 0xe2;
  private static final int START_OF_SCAN = 0xda;
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);

  private JpegSegments() {}

  /** The file less its embedded colour profiles; from the first oddity on, as it is. */
  static byte[] withoutProfiles(byte[] file) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    int copied = 0;
    int at = 2;
    while (at + 4 <= file.length && file[at] == (byte) 0xff && marker(file, at) != START_OF_SCAN) {
      int next = at + 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
      if (marker(file, at) == APP2 && isProfile(file, at + 4)) {
        kept.write(file, copied, at - copied);
        copied = Math.min(next, file.length);
      }
      at = next;
    }
    kept.write(file, copied, file.length - copied);
    return kept.toByteArray();
  }

  /** The embedded colour profile, put together from its parts; empty where one is missing. */
  static byte[] profile(byte[] file) {
    TreeMap<Integer, byte[]> parts = new TreeMap<>();
    int count = 0;
    int at = 2;
    while (at + 4 <= file.length && file[at] == (byte) 0xff && marker(file, at) != START_OF_SCAN) {
      int next = at + 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
      int data = at + 4 + PROFILE.length + 2;
      if (marker(file, at) == APP2 && isProfile(file, at + 4) && data <= next) {
        count = file[data - 1] & 0xff;
        parts.put(file[data - 2] & 0xff, Arrays.copyOfRange(file, data, next));
      }
      at = next;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.values().forEach(whole::writeBytes);
    return parts.size() == count ? whole.toByteArray() : new byte[0];
  }

  private static int marker(byte[] file, int at) {
    return file[at + 1] & 0xff;
  }

  private static boolean isProfile(byte[] file, int at) {
    int end = at + PROFILE.length;
    return end <= file.length && Arrays.equals(file, at, end, PROFILE, 0, PROFILE.length);
  }
}
