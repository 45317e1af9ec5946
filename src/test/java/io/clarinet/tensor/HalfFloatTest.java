package io.clarinet.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfFloatTest {
  private static double rounded(ElementType half, double value) {
    Tensor one = Tensor.zeros(half, Shape.of(1));
    one.set(0, value);
    return one.doubleAt(0);
  }

  @Test
  void everyHalfIsItself() {
    for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
      float value = HalfFloat.toFloat((short) bits);
      float upper = HalfFloat.bfloat16((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloat.fromFloat(value)).isEqualTo((short) bits);
      }
      if (!Float.isNaN(upper)) {
        assertThat(HalfFloat.toBfloat16(upper)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void tiesGoToEvenAndOverflowToInfinity() {
    assertThat(rounded(ElementType.FLOAT16, 1 + 0x1p-11)).isEqualTo(1);
    assertThat(rounded(ElementType.FLOAT16, 1 + 0x3p-11)).isEqualTo(1 + 0x2p-10);
    assertThat(rounded(ElementType.FLOAT16, 65519.99)).isEqualTo(65504);
    assertThat(rounded(ElementType.FLOAT16, 65520)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(rounded(ElementType.FLOAT16, -1e300)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(rounded(ElementType.FLOAT16, 0x1p-25)).isZero();
    assertThat(rounded(ElementType.FLOAT16, 0x1.01p-25)).isEqualTo(0x1p-24);
    assertThat(rounded(ElementType.BFLOAT16, 1 + 0x1p-8)).isEqualTo(1);
    assertThat(rounded(ElementType.BFLOAT16, 0x1.ffp127)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  /** The nearest float of these lies in the middle between two halves; they do not. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void aDoubleIsRoundedOnce(ElementType half) {
    double step = half == ElementType.FLOAT16 ? 0x1p-10 : 0x1p-7;
    assertThat(rounded(half, 1 + step / 2 + 0x1p-40)).isEqualTo(1 + step);
    assertThat(rounded(half, -1 - step * 3 / 2 + 0x1p-40)).isEqualTo(-1 - step);
  }

  @Test
  void conversionsOfWholeTensorsAreThoseOfElements() {
    Tensor x = Tensor.of(Shape.of(5), 0.1f, -70000, Float.NaN, 0x1p-24f, 3);
    for (ElementType type : ElementType.values()) {
      if (type.isFloatingPoint()) {
        Tensor y = Converted.of(x, type).tensor();
        Tensor back = y.as(ElementType.FLOAT32);
        for (int i = 0; i < 5; i++) {
          Tensor one = Tensor.zeros(type, Shape.of());
          one.set(0, x.doubleAt(i));
          assertThat(y.doubleAt(i)).isEqualTo(Double.valueOf(one.doubleAt(0)));
          assertThat((float) back.doubleAt(i)).isEqualTo(Float.valueOf((float) one.doubleAt(0)));
        }
        assertThat(y.toFloatArray()).isEqualTo(back.toFloatArray());
      }
    }
  }
}
