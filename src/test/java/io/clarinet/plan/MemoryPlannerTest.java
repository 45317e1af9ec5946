package io.clarinet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlannerTest {
  private static final int ALIGNMENT = 64;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void regionsAliveTogetherNeverOverlap(long seed) {
    List<Region> regions = randomRegions(new Random(seed), 120);
    MemoryPlanner.Assignment assignment = new MemoryPlanner(200_000, ALIGNMENT).assign(regions);
    for (int i = 0; i < regions.size(); i++) {
      MemoryPlanner.Spot a = assignment.spots().get(i);
      assertThat(a.offset() % ALIGNMENT).isZero();
      assertThat(a.offset() + regions.get(i).bytes())
          .isLessThanOrEqualTo(assignment.arenaBytes().get(a.arena()));
      for (int j = 0; j < i; j++) {
        MemoryPlanner.Spot b = assignment.spots().get(j);
        boolean apart =
            a.arena() != b.arena()
                || a.offset() + regions.get(i).bytes() <= b.offset()
                || b.offset() + regions.get(j).bytes() <= a.offset();
        assertThat(apart || !regions.get(i).livesWith(regions.get(j)))
            .as("regions %d and %d, seed %d", i, j, seed)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void aRegionLiesAtTheLowestAddressThatNoneLargerNeeds(long seed) {
    List<Region> regions = randomRegions(new Random(seed), 150);
    List<MemoryPlanner.Spot> spots = new MemoryPlanner(1 << 30, ALIGNMENT).assign(regions).spots();
    List<Integer> placed = new ArrayList<>();
    List<Integer> bySize = new ArrayList<>(IntStream.range(0, regions.size()).boxed().toList());
    bySize.sort(Comparator.comparingLong(i -> -regions.get(i).bytes()));
    for (int index : bySize) {
      assertThat(spots.get(index).offset()).isEqualTo(lowest(regions, spots, placed, index));
      placed.add(index);
    }
  }

  /** By looking at every region that lives with it. */
  private static long lowest(
      List<Region> regions, List<MemoryPlanner.Spot> spots, List<Integer> placed, int index) {
    Region region = regions.get(index);
    long offset = 0;
    for (boolean moved = true; moved; ) {
      moved = false;
      for (int other : placed) {
        long from = spots.get(other).offset();
        long to = from + regions.get(other).bytes();
        if (regions.get(other).livesWith(region) && from < offset + region.bytes() && offset < to) {
          offset = (to + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
          moved = true;
        }
      }
    }
    return offset;
  }

  /** Looking at all that are placed would take 20 billion steps. */
  @Test
  @Timeout(60)
  void aChainOfTwoHundredThousandValuesTakesTwoOfThem() {
    List<Region> chain =
        IntStream.range(0, 200_000).mapToObj(i -> new Region(640, i, i + 1)).toList();
    assertThat(new MemoryPlanner(1 << 20, ALIGNMENT).assign(chain).arenaBytes())
        .containsExactly(1280L);
  }

  @Test
  void aChainOfValuesNeedsTheLargestNeighbouringPair() {
    List<Region> chain =
        List.of(new Region(640, 0, 1), new Region(1280, 1, 2), new Region(640, 2, 3));
    assertThat(new MemoryPlanner(1 << 20, ALIGNMENT).assign(chain).arenaBytes())
        .containsExactly(1920L);
  }

  @Test
  void splitsIntoArenasAtTheLargestAllocation() {
    List<Region> together = List.of(new Region(600, 0, 9), new Region(600, 0, 9));
    assertThat(new MemoryPlanner(1000, ALIGNMENT).assign(together).arenaBytes()).hasSize(2);
  }

  @Test
  void aRegionBeyondTheLargestAllocationIsAnErrorThatSaysSo() {
    MemoryPlanner planner = new MemoryPlanner(1000, ALIGNMENT);
    assertThatThrownBy(() -> planner.assign(List.of(new Region(1001, 0, 0))))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("1,001")
        .hasMessageContaining("1,000");
  }

  private static List<Region> randomRegions(Random random, int count) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(100);
      regions.add(new Region(1 + random.nextInt(5000), first, first + random.nextInt(20)));
    }
    return regions;
  }
}
