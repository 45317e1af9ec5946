package io.clarinet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UninterruptedTest {
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  private void twiceInterrupted() throws InterruptedException {
    if (begun.incrementAndGet() <= 2) {
      throw new InterruptedException();
    }
  }

  @Test
  void waitsAgainAfterEachInterruptionAndTellsOfItInTheEnd() {
    Uninterrupted.await(this::twiceInterrupted);
    assertThat(begun).hasValue(3);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anUndisturbedWaitInterruptsNobody() {
    Uninterrupted.await(begun::incrementAndGet);
    assertThat(begun).hasValue(1);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aWaitThatFailsDoesSoAndKeepsTheInterruption() {
    Uninterrupted.Wait<IOException> failing =
        () -> {
          twiceInterrupted();
          throw new IOException("broken");
        };
    assertThatThrownBy(() -> Uninterrupted.await(failing)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
