package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.kernel.JvmKernel.View;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignedRoomTest {
  private static final int LINE = 16;

  /** Elements begin 16 bytes behind the array's own beginning. */
  private static int withinLine(View room) {
    return (room.offset() + 4) % LINE;
  }

  @Test
  void roomsBeginAtLinesAndDoNotMeet() {
    List<View> rooms = AlignedRoom.of(List.of(40_000_000L, 4L, 0L, 260L, 64L), "a test's");
    assertThat(rooms).allMatch(room -> withinLine(room) == 0);
    assertThat(rooms.get(0).data()).isNotSameAs(rooms.get(1).data()).hasSizeGreaterThan(10_000_000);
    assertThat(rooms.subList(2, 5)).allMatch(room -> room.data() == rooms.get(1).data());
    assertThat(rooms.get(2).offset()).isGreaterThan(rooms.get(1).offset());
    assertThat(rooms.get(4).offset()).isGreaterThanOrEqualTo(rooms.get(3).offset() + 65);
    assertThat(rooms.get(4).data().length).isGreaterThanOrEqualTo(rooms.get(4).offset() + 16);
  }

  @Test
  void oneRoomHoldsWhatIsAskedFor() {
    View room = AlignedRoom.of(100, "a test's");
    assertThat(withinLine(room)).isZero();
    assertThat(room.data().length - room.offset()).isGreaterThanOrEqualTo(25);
  }

  @Test
  void whatNoArrayHoldsIsRefused() {
    assertThatThrownBy(() -> AlignedRoom.of(8L << 30, "an arena"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an arena of 8589934592 bytes exceeds one array");
  }
}
