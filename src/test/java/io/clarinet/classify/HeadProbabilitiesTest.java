package io.clarinet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.classify.Head.Meaning;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores become probabilities by the head's meaning. */
class HeadProbabilitiesTest {
  /** Worked by hand: e^0.8 / (1 + e^0.8) = 0.689974, 1 / (1 + e^0.8) = 0.310026. */
  @ParameterizedTest
  @CsvSource({
    "SOFTMAX, 0.3, 0.7, 0.3, 0.7",
    "LOG_SOFTMAX, -0.6931472, -0.6931472, 0.5, 0.5",
    "LOGITS, 1.1, 1.9, 0.310026, 0.689974",
    "LOGITS, 0.3, 0.7, 0.3, 0.7",
    "SIGMOID, 0.3, 0, 0.7, 0.3",
    "LOGIT, 0.8, 0, 0.310026, 0.689974",
    "SIGMOIDS, 0.9, 0.8, 0.9, 0.8"
  })
  void scoresBecomeProbabilities(
      Meaning meaning, float score, float other, float first, float second) {
    assertThat(new Head(meaning, 2, "").probabilities(new float[] {score, other}))
        .contains(new float[] {first, second}, Offset.offset(1e-6f));
  }

  @ParameterizedTest
  @EnumSource(Meaning.class)
  void whatIsNoProbabilityIsAnError(Meaning meaning) {
    for (float[] scores : new float[][] {{Float.NaN, 1}, {1, Float.NaN}, {45, 55}, {-2, 3}}) {
      boolean bounded = meaning == Meaning.SOFTMAX || meaning == Meaning.SIGMOIDS;
      boolean read = !meaning.isSingle() || Float.isNaN(scores[0]);
      if (read && (bounded || Float.isNaN(scores[0] + scores[1]))) {
        assertThatThrownBy(() -> new Head(meaning, 2, "").probabilities(scores))
            .isInstanceOfSatisfying(
                ClassifierException.class,
                e -> assertThat(e.kind()).isEqualTo(ClassifierException.Kind.NO_PROBABILITY));
      }
    }
  }
}
