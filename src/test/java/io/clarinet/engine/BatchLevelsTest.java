package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.pass.SplitBatch.Level;
import org.junit.jupiter.api.Test;

class BatchLevelsTest {

  /** Four nodes in a row. */
  private static Graph line() {
    GraphBuilder b = new GraphBuilder("line");
    b.input("x", 8, 2);
    b.add("a", Unary.RELU, "x");
    b.add("b", Unary.RELU, "a");
    b.add("c", Unary.RELU, "b");
    b.add("d", Unary.RELU, "c");
    return b.output("d").build();
  }

  /** As many nodes, but the first one's output is needed until the last. */
  private static Graph residual() {
    GraphBuilder b = new GraphBuilder("residual");
    b.input("x", 8, 2);
    b.add("a", Unary.RELU, "x");
    b.add("b", Unary.RELU, "a");
    b.add("c", Unary.RELU, "b");
    b.add("d", Binary.ADD, "c", "a");
    return b.output("d").build();
  }

  private static BatchLevels levels(Graph graph, double[] of8, double[] of4, double[] of2) {
    BatchLevels levels = new BatchLevels(graph);
    levels.offer(8, of8);
    levels.offer(4, of4);
    levels.offer(2, of2);
    return levels;
  }

  @Test
  void partsGrowWhereLargerOnesGetCheaper() {
    BatchLevels levels =
        levels(
            line(),
            new double[] {9, 9, 9, 1},
            new double[] {8, 8, 2, 5},
            new double[] {3, 3, 3, 7});
    assertThat(levels.cheapest().levels())
        .containsExactly(new Level(2, 2), new Level(4, 3), new Level(8, 4));
  }

  @Test
  void partsDoNotShrinkAgain() {
    BatchLevels levels =
        levels(
            line(),
            new double[] {5, 5, 5, 5},
            new double[] {1, 5, 5, 5},
            new double[] {5, 5, 5, 4});
    assertThat(levels.cheapest().levels()).containsExactly(new Level(4, 1), new Level(8, 4));
  }

  @Test
  void allPartsComeTogetherAtTheEnd() {
    double[] slow = {9, 9, 9, 9};
    assertThat(levels(line(), slow, new double[] {1, 1, 1, 1}, slow).cheapest().levels())
        .containsExactly(new Level(4, 4), new Level(8, 4));
  }

  @Test
  void theBatchStaysWholeForLessThanAHundredth() {
    double[] whole = {10, 10, 10, 10};
    assertThat(levels(line(), whole, whole, new double[] {9.7, 10, 10, 10}).cheapest().levels())
        .containsExactly(new Level(8, 4));
    assertThat(levels(line(), whole, whole, new double[] {9.5, 10, 10, 10}).cheapest().levels())
        .containsExactly(new Level(2, 1), new Level(8, 4));
  }

  @Test
  void partsGrowOnlyWhereOneValueLeadsOn() {
    double[] whole = {9, 9, 1, 9};
    double[] halves = {1, 1, 9, 9};
    assertThat(levels(line(), whole, halves, whole).cheapest().levels())
        .containsExactly(new Level(4, 2), new Level(8, 4));
    assertThat(levels(residual(), whole, halves, whole).cheapest().levels())
        .containsExactly(new Level(4, 1), new Level(8, 4));
  }

  @Test
  void whatRunsOnTheHostIsNotSplit() {
    double[] host = {1, Double.POSITIVE_INFINITY, 1, 1};
    assertThat(levels(line(), host, host, host).cheapest().levels())
        .containsExactly(new Level(8, 4));
  }
}
