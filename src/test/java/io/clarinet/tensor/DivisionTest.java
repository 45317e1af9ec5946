package io.clarinet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class DivisionTest {
  private static final int[] INTS = {
    Integer.MIN_VALUE, -17, -16, -2, -1, 0, 1, 2, 15, 16, 17, Integer.MAX_VALUE
  };
  private static final long[] LONGS = {Long.MIN_VALUE + 1, -3, -1, 0, 1, 16, Long.MAX_VALUE};

  @Test
  void quotientsRoundUpAsFarAsTheLargestInt() {
    for (int x : INTS) {
      for (int y : INTS) {
        if (y != 0 && !(x == Integer.MIN_VALUE && y == -1)) {
          assertThat(Division.ceilDiv(x, y)).isEqualTo(exact(x, y).intValueExact());
        }
      }
    }
  }

  @Test
  void quotientsRoundUpAsFarAsTheLargestLong() {
    for (long x : LONGS) {
      for (long y : LONGS) {
        if (y != 0) {
          assertThat(Division.ceilDiv(x, y)).isEqualTo(exact(x, y).longValueExact());
        }
      }
    }
  }

  private static BigDecimal exact(long x, long y) {
    return new BigDecimal(x).divide(new BigDecimal(y), 0, RoundingMode.CEILING);
  }

  @Test
  void multiplesBeyondTheTypeAreRefused() {
    assertThat(Division.roundUp(33, 16)).isEqualTo(48);
    assertThat(Division.roundUp(Integer.MAX_VALUE - 15, 16)).isEqualTo(Integer.MAX_VALUE - 15);
    assertThat(Division.roundUp((long) Integer.MAX_VALUE, 16L)).isEqualTo(1L << 31);
    assertThatThrownBy(() -> Division.roundUp(Integer.MAX_VALUE, 16))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Division.roundUp(Long.MAX_VALUE, 16L))
        .isInstanceOf(ArithmeticException.class);
  }
}
