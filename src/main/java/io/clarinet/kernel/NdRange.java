package io.clarinet.kernel;

import java.util.List;

/** Work-items to start and how they are grouped, one to three dimensions, fastest first. */
public record NdRange(List<Long> global, List<Long> local) {

  public NdRange {
    global = List.copyOf(global);
    local = List.copyOf(local);
    if (global.isEmpty() || global.size() > 3 || global.size() != local.size()) {
      throw new IllegalArgumentException("ND-range of " + global + " in groups of " + local);
    }
    for (int i = 0; i < global.size(); i++) {
      if (global.get(i) <= 0 || local.get(i) <= 0 || global.get(i) % local.get(i) != 0) {
        throw new IllegalArgumentException(
            "ND-range of " + global + " is not whole groups of " + local);
      }
    }
  }

  /** One work-item a group: the shape of launch for CPU devices. */
  public static NdRange items(long x) {
    return new NdRange(List.of(x), List.of(1L));
  }

  /** {@link #items(long)} in two dimensions. */
  public static NdRange items(long x, long y) {
    return new NdRange(List.of(x, y), List.of(1L, 1L));
  }

  /** {@link #items(long)} in three dimensions. */
  public static NdRange items(long x, long y, long z) {
    return new NdRange(List.of(x, y, z), List.of(1L, 1L, 1L));
  }

  /**
   * Groups of {@code lanes} work-items side by side, along the first dimension: the shape of launch
   * for GPUs.
   *
   * @param x groups along the first dimension, which may be many; the others are at most 65,535, as
   *     CUDA devices have it
   */
  public static NdRange groups(int lanes, long x, long y, long z) {
    return new NdRange(List.of(x * lanes, y, z), List.of((long) lanes, 1L, 1L));
  }

  /** Number of groups. */
  public long groups() {
    long groups = 1;
    for (int i = 0; i < global.size(); i++) {
      groups *= global.get(i) / local.get(i);
    }
    return groups;
  }

  /** Work-items of a group. */
  public long groupSize() {
    return local.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }
}
