package io.clarinet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RelativeErrorTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static Tensor of(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  private static double error(Tensor y, Tensor r) {
    return RelativeError.of(y, r);
  }

  @Test
  void isTheLargestDifferenceOverTheLargestMagnitude() {
    assertThat(error(of(1, -7, 2.5f), of(1, -8, 2))).isEqualTo(1 / 8.0);
    assertThat(error(of(1, -8, 2), of(1, -8, 2))).isZero();
    assertThat(error(of(), of())).isZero();
  }

  @Test
  void ofZerosItIsTheDifferenceItself() {
    assertThat(error(of(0, 0.25f), of(0, 0))).isEqualTo(0.25);
    assertThat(error(of(0, -0.0f), of(0, 0))).isZero();
  }

  @Test
  void notANumberIsRightOnlyInItsPlace() {
    assertThat(error(of(NAN, 1), of(NAN, 2))).isEqualTo(0.5);
    assertThat(error(of(NAN, 1), of(1, 1))).isNaN();
    assertThat(error(of(1, 1), of(1, NAN))).isNaN();
    assertThat(error(of(INFINITY, NAN), of(1, 1))).isNaN();
  }

  @Test
  void anInfinityIsRightOnlyInItsPlace() {
    assertThat(error(of(INFINITY, -INFINITY, 3), of(INFINITY, -INFINITY, 4))).isEqualTo(0.25);
    assertThat(error(of(INFINITY, 1), of(9, 1))).isInfinite();
    assertThat(error(of(9, 1), of(INFINITY, 1))).isInfinite();
    assertThat(error(of(-INFINITY, 1), of(INFINITY, 1))).isInfinite();
  }

  @Test
  void typesAndShapesMayDiffer() {
    Tensor longs = Tensor.ofLongs(Shape.of(2, 1), 3, 4);
    assertThat(error(of(3, 5), longs)).isEqualTo(0.25);
    assertThatThrownBy(() -> error(of(1, 2, 3), longs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FLOAT32 3 cannot be compared with INT64 2x1");
  }
}
