package io.clarinet.backend.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Room in arrays of floats that begins at a cache line where the collector lets the array begin at
 * one, as G1 does with arrays of at least half a region: a vector of 64 bytes that crosses two
 * lines is two accesses.
 */
final class AlignedRoom {
  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** Floats before the first line: an array's elements follow 16 bytes of its own. */
  private static final int FIRST = LINE - 16 / Float.BYTES;

  /** Floats from which one room has an array of its own: the largest half of a region. */
  private static final int LARGE = 4 << 20;

  private AlignedRoom() {}

  /**
   * Room for some bytes.
   *
   * @param purpose of the array, in the error
   * @throws IllegalArgumentException if it exceeds one array
   */
  static View of(long bytes, String purpose) {
    return new View(array(floats(bytes), purpose), FIRST, 0);
  }

  /**
   * Rooms for some bytes each, of which small ones share arrays; one is held as long as any of its
   * rooms.
   */
  static List<View> of(List<Long> bytes, String purpose) {
    List<View> rooms = new ArrayList<>();
    for (int first = 0; first < bytes.size(); ) {
      int end = first;
      long floats = 0;
      while (end < bytes.size() && floats < LARGE) {
        floats += floats(bytes.get(end++));
      }
      float[] array = array(floats, purpose);
      int at = FIRST;
      for (; first < end; first++) {
        rooms.add(new View(array, at, 0));
        at += (int) floats(bytes.get(first));
      }
    }
    return rooms;
  }

  private static long floats(long bytes) {
    return ceilDiv(bytes, (long) LINE * Float.BYTES) * LINE;
  }

  private static float[] array(long floats, String purpose) {
    if (floats > Integer.MAX_VALUE - 8 - FIRST) {
      throw new IllegalArgumentException(
          purpose + " of " + floats * Float.BYTES + " bytes exceeds one array");
    }
    return new float[FIRST + (int) floats];
  }
}
