package io.clarinet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
