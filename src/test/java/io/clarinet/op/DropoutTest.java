package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, -2, 3, -4, 5, -6);

  private static List<Tensor> dropped(int seed, float probability, boolean training) {
    Tensor mode = Tensor.zeros(ElementType.BOOL, Shape.of());
    mode.set(0, training ? 1L : 0L);
    return new Dropout(seed).evaluate(List.of(X, Tensor.of(Shape.of(), probability), mode));
  }

  private static boolean[] kept(List<Tensor> y) {
    boolean[] kept = new boolean[(int) y.get(1).shape().size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = y.get(1).longAt(i) == 1;
    }
    return kept;
  }

  @Test
  void keepsEverythingOutsideOfTraining() {
    List<Tensor> y = dropped(0, 0.6f, false);
    assertThat(y.get(0).toFloatArray()).isEqualTo(X.toFloatArray());
    assertThat(kept(y)).containsOnly(true);
  }

  @Test
  void keepsEverythingAtProbabilityZero() {
    List<Tensor> y = dropped(0, 0, true);
    assertThat(y.get(0).toFloatArray()).isEqualTo(X.toFloatArray());
    assertThat(kept(y)).containsOnly(true);
  }

  /** numpy's {@code RandomState(0)} begins with 0.549, 0.715, 0.603, 0.545, 0.424, 0.646. */
  @Test
  void dropsByTheNumbersOfNumpyAndMakesTheRestLarger() {
    List<Tensor> y = dropped(0, 0.5625f, true);
    assertThat(y.get(0).toFloatArray())
        .containsExactly(0, -2 / 0.4375f, 3 / 0.4375f, 0, 0, -6 / 0.4375f);
    assertThat(kept(y)).containsExactly(false, true, true, false, false, true);
  }

  /** {@code RandomState(7)}: 0.076, 0.780, 0.438, 0.723, 0.978, 0.538. */
  @Test
  void drawsOtherNumbersFromAnotherSeed() {
    assertThat(kept(dropped(7, 0.5f, true))).containsExactly(false, true, false, true, true, true);
  }

  @Test
  void makesAMaskBesideTheResult() {
    List<Fact> y =
        new Dropout(0)
            .infer(
                List.of(Fact.of(X), Fact.of(Shape.of()), Fact.of(ElementType.BOOL, Shape.of(1))));
    assertThat(y).containsExactly(Fact.of(X.shape()), Fact.of(ElementType.BOOL, X.shape()));
  }

  @Test
  void refusesMoreThanOneProbability() {
    List<Fact> inputs = List.of(Fact.of(X), Fact.of(Shape.of(2)), Fact.of(Shape.of()));
    assertThatThrownBy(() -> new Dropout(0).infer(inputs)).hasMessageContaining("one element");
  }
}
