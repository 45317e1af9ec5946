package io.clarinet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static String speed(boolean measured) {
    return new Explanation("m", "d", List.of(), List.of(), 0, 0, Floor.NONE, 4.5e11, 3e10, measured)
        .speed();
  }

  @Test
  void saysWhatWasOnlyAssumed() {
    assertThat(speed(true)).isEqualTo("peak 450 GFLOPS, memory 30 GB/s");
    assertThat(speed(false)).endsWith("(assumed, not measured)");
  }
}
