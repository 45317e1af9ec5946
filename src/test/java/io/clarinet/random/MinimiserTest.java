package io.clarinet.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.op.Conv2d;
import io.clarinet.op.Op;
import io.clarinet.op.Softmax;
import io.clarinet.pass.RemoveUnused;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MinimiserTest {

  /** Whether some output depends on such an operator. */
  private static boolean has(Problem problem, Class<? extends Op> operator) {
    return new RemoveUnused()
        .apply(problem.graph()).nodes().stream().anyMatch(n -> operator.isInstance(n.op()));
  }

  private static Problem withBoth() {
    return LongStream.range(0, 500)
        .mapToObj(RandomGraph::draw)
        .filter(p -> has(p, Conv2d.class) && has(p, Softmax.class) && p.graph().nodes().size() > 6)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void leavesOneNodeOfOneThatFails() {
    Problem smallest = new Minimiser(p -> has(p, Conv2d.class)).smallest(withBoth());
    assertThat(smallest.graph().nodes()).hasSize(1);
    assertThat(smallest.graph().outputs()).hasSize(1);
  }

  @Test
  void leavesOneElementWhereThatSuffices() {
    Problem smallest = new Minimiser(p -> has(p, Softmax.class)).smallest(withBoth());
    assertThat(smallest.inputs().values())
        .singleElement()
        .satisfies(x -> assertThat(x.shape().size()).isEqualTo(1));
  }

  @Test
  void leavesNothingElseBesideWhatFailsTogether() {
    Problem problem = withBoth();
    Problem smallest =
        new Minimiser(p -> has(p, Conv2d.class) && has(p, Softmax.class)).smallest(problem);
    assertThat(has(smallest, Conv2d.class) && has(smallest, Softmax.class)).isTrue();
    assertThat(smallest.graph().nodes()).hasSizeLessThan(problem.graph().nodes().size());
    assertThat(smallest.expected()).hasSameSizeAs(smallest.graph().outputs());
  }
}
