package io.clarinet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Buffers of others become tensors without a copy, if numbers lie in them as tensors have them. */
class TensorWrapTest {
  private static final Shape SHAPE = Shape.of(2, 3);
  private static final ByteOrder FOREIGN =
      ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
          ? ByteOrder.BIG_ENDIAN
          : ByteOrder.LITTLE_ENDIAN;

  @Test
  void whatIsWrappedIsShared() {
    for (ByteBuffer buffer : List.of(ByteBuffer.allocate(32), ByteBuffer.allocateDirect(32))) {
      buffer.order(ByteOrder.nativeOrder()).position(5).limit(29);
      Tensor tensor = Tensor.wrap(ElementType.FLOAT32, SHAPE, buffer);
      buffer.putFloat(9, -2.5f);
      assertThat(tensor.doubleAt(1)).isEqualTo(-2.5);
      tensor.set(5, 7.5);
      assertThat(buffer.getFloat(25)).isEqualTo(7.5f);
      assertThat(buffer.position()).isEqualTo(5);
      assertThat(tensor.isReadOnly()).isFalse();
      ByteBuffer fixed = buffer.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
      assertThat(Tensor.wrap(ElementType.FLOAT32, SHAPE, fixed).isReadOnly()).isTrue();
    }
  }

  @Test
  void numbersInAnotherOrderAreRefused() {
    for (ElementType type : ElementType.values()) {
      ByteBuffer buffer = ByteBuffer.allocate(6 * type.bytes()).order(FOREIGN);
      if (type.bytes() == 1) {
        assertThat(Tensor.wrap(type, SHAPE, buffer).shape()).isEqualTo(SHAPE);
      } else {
        assertThatThrownBy(() -> Tensor.wrap(type, SHAPE, buffer))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "a buffer of %s numbers for %s 2x3, which needs %s: call"
                    + " order(ByteOrder.nativeOrder()) on it before it is filled",
                FOREIGN, type, ByteOrder.nativeOrder());
      }
    }
  }

  @Test
  void bytesThatAreTooFewOrTooManyAreRefused() {
    for (int bytes : new int[] {0, 20, 25}) {
      ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
      assertThatThrownBy(() -> Tensor.wrap(ElementType.FLOAT32, SHAPE, buffer))
          .hasMessage("FLOAT32 2x3 needs 24 bytes, got " + bytes);
    }
  }
}
