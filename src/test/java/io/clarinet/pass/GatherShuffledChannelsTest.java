package io.clarinet.pass;

import static io.clarinet.pass.PassContract.operators;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Node;
import io.clarinet.op.Reshape;
import io.clarinet.op.Split;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherShuffledChannelsTest {
  private final GraphBuilder graph = new GraphBuilder("g");

  private static Reshape to(long... extents) {
    return new Reshape(new Reshape.Rule.To(Arrays.stream(extents).boxed().toList(), false));
  }

  private void shuffle(long rows, long columns, Integer... axes) {
    graph.input("x", 2, (int) (rows * columns), 5, 7);
    graph.add("parts", to(0, rows, columns, 5, 7), "x");
    graph.add("swapped", new Transpose(List.of(axes)), "parts");
    graph.add("y", to(0, rows * columns, 5, 7), "swapped");
  }

  private void split(int axis) {
    graph.add(new Node("halves", new Split(axis, 2), List.of("y"), List.of("a", "b")));
  }

  private List<String> rewritten(String... outputs) {
    for (String output : outputs) {
      graph.output(output);
    }
    return operators(new GatherShuffledChannels(), graph.build());
  }

  @Test
  void aShuffleOfTwoRows() {
    shuffle(2, 9, 0, 2, 1, 3, 4);
    assertThat(rewritten("y")).containsExactly("Gather");
  }

  @Test
  void aShuffleOfThreeRows() {
    shuffle(3, 5, 0, 2, 1, 3, 4);
    assertThat(rewritten("y")).containsExactly("Gather");
  }

  @Test
  void aSplitBehindIt() {
    shuffle(3, 5, 0, 2, 1, 3, 4);
    split(-3);
    assertThat(rewritten("a", "b")).containsExactly("Gather", "Gather");
  }

  @Test
  void whatIsReadBesideASplit() {
    shuffle(2, 9, 0, 2, 1, 3, 4);
    split(1);
    assertThat(rewritten("a", "b", "y")).containsExactly("Gather", "Gather", "Gather");
  }

  @Test
  void leavesASplitOfRowsAlone() {
    shuffle(2, 9, 0, 2, 1, 3, 4);
    split(2);
    assertThat(rewritten("a", "b")).containsExactly("Gather", "Split");
  }

  @Test
  void leavesOtherAxesAlone() {
    shuffle(2, 9, 0, 2, 1, 4, 3);
    assertThat(rewritten("y")).containsExactly("Reshape", "Transpose", "Reshape");
  }

  @Test
  void leavesWhatIsReadWithinAlone() {
    shuffle(2, 9, 0, 2, 1, 3, 4);
    graph.add("z", Unary.RELU, "swapped");
    assertThat(rewritten("y", "z")).containsExactly("Reshape", "Transpose", "Reshape", "Unary");
  }
}
