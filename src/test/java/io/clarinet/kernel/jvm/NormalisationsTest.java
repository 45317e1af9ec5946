package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestTensors;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalisationsTest {
  /** Until the last compiler has had its turn. */
  private static final int CALLS = 60_000;

  private static final int COUNT = 137;

  static Iterable<Integer> blocks() {
    return InnerLoops.blocks();
  }

  /** A run has the same bits as the one before, though the sums were compiled in between. */
  @ParameterizedTest
  @MethodSource("blocks")
  void sumsAreTheSameOnceTheyAreCompiled(int block) {
    Normalisations norms = InnerLoops.vector(block).normalisations();
    float[] x = TestTensors.random(new Random(5), COUNT).toFloatArray();
    double total = norms.total(x, 0, COUNT, 0.1f);
    double squares = norms.squares(x, 0, COUNT, 0.1f, 1e-9f);
    for (int i = 0; i < CALLS; i++) {
      assertThat(norms.total(x, 0, COUNT, 0.1f) == total).isTrue();
      assertThat(norms.squares(x, 0, COUNT, 0.1f, 1e-9f) == squares).isTrue();
    }
  }
}
