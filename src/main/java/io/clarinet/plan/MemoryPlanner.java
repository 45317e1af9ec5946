package io.clarinet.plan;

import static io.clarinet.tensor.Division.roundUp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays regions into as few and as small arenas as it can: the largest first, each at the lowest
 * offset free of regions alive at the same time (greedy by size, as arXiv 2001.03288).
 */
public final class MemoryPlanner {
  private final long maxArenaBytes;
  private final int alignment;

  /**
   * @param maxArenaBytes the device's largest allocation
   * @param alignment in bytes, of every offset
   */
  public MemoryPlanner(long maxArenaBytes, int alignment) {
    this.maxArenaBytes = maxArenaBytes;
    this.alignment = alignment;
  }

  /** The place of a region. */
  public record Spot(int arena, long offset) {}

  /**
   * All spots.
   *
   * @param spots by region, in the order given
   */
  public record Assignment(List<Spot> spots, List<Long> arenaBytes) {}

  /** An arena in the making. */
  private static final class Arena {
    final Occupancy occupancy;
    long bytes;

    Arena(int steps) {
      this.occupancy = new Occupancy(steps);
    }
  }

  /**
   * Lays out all regions.
   *
   * @throws PlanException if one is larger than the device can allocate
   */
  public Assignment assign(List<Region> regions) {
    List<Integer> bySize =
        IntStream.range(0, regions.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> -regions.get(i).bytes()))
            .toList();
    int steps = regions.stream().mapToInt(Region::lastStep).max().orElse(0) + 1;
    List<Arena> arenas = new ArrayList<>();
    Spot[] spots = new Spot[regions.size()];
    for (int index : bySize) {
      spots[index] = place(regions.get(index), steps, arenas);
    }
    return new Assignment(List.of(spots), arenas.stream().map(arena -> arena.bytes).toList());
  }

  private Spot place(Region region, int steps, List<Arena> arenas) {
    if (region.bytes() > maxArenaBytes) {
      throw new PlanException(
          "one value needs %,d bytes; the device allocates at most %,d at once"
              .formatted(region.bytes(), maxArenaBytes));
    }
    for (int arena = 0; arena < arenas.size(); arena++) {
      long offset = arenas.get(arena).occupancy.lowestGap(region);
      if (offset + region.bytes() <= maxArenaBytes) {
        return put(region, arena, offset, arenas);
      }
    }
    arenas.add(new Arena(steps));
    return put(region, arenas.size() - 1, 0, arenas);
  }

  private Spot put(Region region, int index, long offset, List<Arena> arenas) {
    Arena arena = arenas.get(index);
    long end = aligned(offset + region.bytes());
    arena.occupancy.add(region, offset, end);
    arena.bytes = Math.max(arena.bytes, end);
    return new Spot(index, offset);
  }

  private long aligned(long bytes) {
    return roundUp(bytes, alignment);
  }
}
