package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void percentilesLieBetweenNeighboursInProportion() {
    double[] values = {40, 10, 30, 20};
    assertThat(Comparison.median(values)).isEqualTo(25);
    assertThat(Comparison.percentile(values, 40)).isCloseTo(20, within(1e-12));
    assertThat(Comparison.percentile(values, 70)).isCloseTo(35, within(1e-12));
    assertThat(Comparison.percentile(values, 1)).isEqualTo(10);
    assertThat(Comparison.percentile(values, 99)).isEqualTo(40);
    assertThat(Comparison.median(new double[] {7})).isEqualTo(7);
    assertThat(Comparison.median(new double[] {3, 1, 2})).isEqualTo(2);
  }

  @Test
  void theRatioIsThatOfPairsWhateverBothShare() {
    Random random = new Random(1);
    double[] ours = new double[31];
    double[] peers = new double[31];
    for (int i = 0; i < ours.length; i++) {
      peers[i] = 1 + 10 * random.nextDouble();
      ours[i] = peers[i] * (0.5 + 0.02 * random.nextGaussian());
    }
    Comparison comparison = Comparison.of(ours, peers);
    assertThat(comparison.ratio()).isCloseTo(0.5, within(0.02));
    assertThat(comparison.low()).isLessThan(comparison.ratio());
    assertThat(comparison.high()).isGreaterThan(comparison.ratio());
    assertThat(comparison.high() - comparison.low()).isBetween(0.001, 0.04);
  }
}
