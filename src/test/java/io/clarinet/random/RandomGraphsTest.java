package io.clarinet.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.op.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random graphs give on the JVM target and in ONNX Runtime what the reference gives, whole and with
 * their batch in parts: some from fixed seeds, or as many as {@code -Dgraphs.count} says, from
 * {@code -Dgraphs.seed} on.
 */
class RandomGraphsTest {
  private static final int COUNT = Integer.getInteger("graphs.count", 200);
  private static final long SEED = Long.getLong("graphs.seed", 1);
  private static final int ENOUGH = 500;

  private static final List<Check> CHECKS =
      List.of(
          new JvmCheck(true),
          new JvmCheck(false),
          new OpenBatchCheck(),
          new EmptyBatchCheck(),
          new SplitBatchCheck(),
          new ItemsCheck(),
          new OnnxRuntimeCheck());

  @Test
  void agree() {
    assertThat(new Campaign(RandomGraph::draw, CHECKS).run(SEED, COUNT)).isEmpty();
  }

  @Test
  void haveEveryOperatorThatGraphsHold() {
    Tally tally = new Tally();
    for (long seed = 0; seed < ENOUGH && tally.reached().size() < operators().size(); seed++) {
      tally.drawn(RandomGraph.draw(seed));
    }
    assertThat(operators()).allMatch(tally.reached()::contains);
  }

  private static Set<Class<?>> operators() {
    return new HashSet<>(List.of(Op.class.getPermittedSubclasses()));
  }

  @Test
  void areTheSameFromTheSameSeed() {
    for (long seed = 1; seed < 20; seed++) {
      Problem first = RandomGraph.draw(seed);
      Problem second = RandomGraph.draw(seed);
      assertThat(first.graph().toString()).isEqualTo(second.graph().toString());
      first
          .expected()
          .forEach(
              (name, tensor) ->
                  assertThat(second.expected().get(name).bytes()).isEqualTo(tensor.bytes()));
    }
  }
}
