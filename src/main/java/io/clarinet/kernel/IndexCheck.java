package io.clarinet.kernel;

import java.util.List;

/**
 * Where launches tell an index that is outside of its axis, for a kernel cannot refuse it: a
 * scratch region that holds {@link #NOTHING} before they run.
 *
 * @param region of {@link #BYTES}, by {@link Arg.Scratch} index
 * @param extents of the axes that the indices of a tuple name
 */
public record IndexCheck(int region, List<Integer> extents) {
  /** Bytes of the region: an int64. */
  public static final long BYTES = Long.BYTES;

  /** What a region holds while no index is outside: all bits set. */
  public static final long NOTHING = -1;

  public IndexCheck {
    extents = List.copyOf(extents);
  }

  /**
   * Passes what launches have left.
   *
   * @throws IllegalArgumentException telling the index
   */
  public void require(long told) {
    if (told != NOTHING) {
      int extent = extents.get((int) (told & 0xff));
      throw new IllegalArgumentException(
          "index " + (told >> Byte.SIZE) + " is outside of " + extent);
    }
  }
}
