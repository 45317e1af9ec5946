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

  /** Takes a segment: where its marker stands, and where the next does. */
  @FunctionalInterface
  private interface Segment {
    void at(int begin, int end);
  }

  /** The file less its embedded colour profiles; from the first oddity on, as it is. */
  static byte[] withoutProfiles(byte[] file) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    int[] copied = new int[1];
    forEachProfile(
        file,
        (begin, end) -> {
          kept.write(file, copied[0], begin - copied[0]);
          copied[0] = Math.min(end, file.length);
        });
    kept.write(file, copied[0], file.length - copied[0]);
    return kept.toByteArray();
  }

  /** The embedded colour profile, put together from its parts; empty where one is missing. */
  static byte[] profile(byte[] file) {
    TreeMap<Integer, byte[]> parts = new TreeMap<>();
    int[] count = new int[1];
    forEachProfile(
        file,
        (begin, end) -> {
          int data = begin + 4 + PROFILE.length + 2;
          if (data <= Math.min(end, file.length)) {
            count[0] = file[data - 1] & 0xff;
            parts.put(file[data - 2] & 0xff, Arrays.copyOfRange(file, data, end));
          }
        });
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.values().forEach(whole::writeBytes);
    return parts.size() == count[0] ? whole.toByteArray() : new byte[0];
  }

  private static void forEachProfile(byte[] file, Segment profile) {
    int at = 2;
    while (at + 4 <= file.length && file[at] == (byte) 0xff && marker(file, at) != START_OF_SCAN) {
      int next = at + 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
      if (marker(file, at) == APP2 && isProfile(file, at + 4)) {
        profile.at(at, next);
      }
      at = next;
    }
  }

  private static int marker(byte[] file, int at) {
    return file[at + 1] & 0xff;
  }

  private static boolean isProfile(byte[] file, int at) {
    int end = at + PROFILE.length;
    return end <= file.length && Arrays.equals(file, at, end, PROFILE, 0, PROFILE.length);
  }
}
