package io.clarinet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.tensor.Shape;
import org.junit.jupiter.api.Test;

class LayoutTest {

  @Test
  void aBlockedValueMayPassAnInt() {
    Shape shape = Shape.of(3, Integer.MAX_VALUE, 1, 2);
    assertThat(Layout.blocked(16).batchStride(shape)).isEqualTo(1L << 32);
    assertThat(Layout.blocked(16).elements(shape)).isEqualTo(3L << 32);
  }
}
