package io.clarinet.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays regions into as few and as small arenas as it can: the largest first, each at the lowest
 * offset where nothing that is alive with it lies (greedy by size, as arXiv 2001.03288).
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

  /** Where a region lies. */
  public record Spot(int arena, long offset) {}

  /**
   * All spots.
   *
   * @param spots by region, in the order given
   */
  public record Assignment(List<Spot> spots, List<Long> arenaBytes) {}

  private record Placed(Region region, long offset) {
    long end() {
      return offset + region.bytes();
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
    List<List<Placed>> arenas = new ArrayList<>();
    Spot[] spots = new Spot[regions.size()];
    for (int index : bySize) {
      spots[index] = place(regions.get(index), arenas);
    }
    List<Long> sizes =
        arenas.stream().map(a -> a.stream().mapToLong(Placed::end).max().orElse(0)).toList();
    return new Assignment(List.of(spots), sizes.stream().map(this::aligned).toList());
  }

  private Spot place(Region region, List<List<Placed>> arenas) {
    if (region.bytes() > maxArenaBytes) {
      throw new PlanException(
          "one value needs %,d bytes; the device allocates at most %,d at once"
              .formatted(region.bytes(), maxArenaBytes));
    }
    for (int arena = 0; arena < arenas.size(); arena++) {
      long offset = lowestGap(region, arenas.get(arena));
      if (offset + region.bytes() <= maxArenaBytes) {
        arenas.get(arena).add(new Placed(region, offset));
        return new Spot(arena, offset);
      }
    }
    arenas.add(new ArrayList<>(List.of(new Placed(region, 0))));
    return new Spot(arenas.size() - 1, 0);
  }

  private long lowestGap(Region region, List<Placed> arena) {
    List<Placed> alive =
        arena.stream()
            .filter(p -> p.region().livesWith(region))
            .sorted(Comparator.comparingLong(Placed::offset))
            .toList();
    long offset = 0;
    for (Placed other : alive) {
      if (offset + region.bytes() <= other.offset()) {
        return offset;
      }
      offset = Math.max(offset, aligned(other.end()));
    }
    return offset;
  }

  private long aligned(long bytes) {
    return (bytes + alignment - 1) / alignment * alignment;
  }
}
