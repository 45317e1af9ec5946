package io.clarinet.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in a container with less than the machine: what it answers of its share, and what it
 * takes when it has nothing to do. Printed; {@code -Dload.bars=true} asserts it, over {@code
 * -Dload.seconds=10}.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "control groups are Linux's")
class ServeQuotaTest {
  private static final int SECONDS = Integer.getInteger("load.seconds", 1);
  private static final boolean BARS = Boolean.getBoolean("load.bars");
  private static final long REQUESTS = 500;

  @TempDir Path folder;

  /**
   * What a load took.
   *
   * @param seconds by the wall
   * @param processor seconds of the server's
   */
  private record Taken(double seconds, double processor) {
    /** Requests in a second that it has a processor. */
    double rate() {
      return REQUESTS * SECONDS / processor;
    }
  }

  @Test
  void aShareOfTheMachineGivesItsShareOfTheAnswersAndIdlenessTakesNothing() throws Exception {
    try (ProcessorQuota quota = ProcessorQuota.make();
        Session session = AnswerCheck.opened(Model.bundled()).open(Device.standard());
        ServeProcess server = ServeProcess.start(folder.resolve("log"))) {
      Load load =
          Load.ofTensors(ServedModel.of(server.address(), "", 1), new AnswerCheck(session), 0);
      run(load, server);
      Taken free = run(load, server);
      quota.confine(server.pid());
      Taken confined = run(load, server);
      double idle = idle(server);
      double share = REQUESTS * SECONDS / confined.seconds / quota.processors() / free.rate();
      System.out.printf(
          "%s: %.2f of the share's answers, %.2f of those for each second on a processor;"
              + " idle %.3f %%%n",
          quota, share, confined.rate() / free.rate(), 100 * idle);
      if (BARS) {
        assertThat(share).isGreaterThanOrEqualTo(0.7);
        assertThat(Math.round(100 * idle)).as("per cent").isZero();
      }
    }
  }

  private static Taken run(Load load, ServeProcess server) throws IOException {
    double processor = server.processorSeconds();
    long begun = System.nanoTime();
    LoadResult result =
        load.run(new LoadStep(8, 0, Duration.ZERO, Duration.ofMinutes(9), REQUESTS * SECONDS));
    assertThat(result.isClean()).isTrue();
    return new Taken((System.nanoTime() - begun) * 1e-9, server.processorSeconds() - processor);
  }

  /** The share of a processor that it takes, once what was prepared in the background is done. */
  private static double idle(ServeProcess server) throws Exception {
    TimeUnit.SECONDS.sleep(BARS ? 20 : 0);
    double before = threads(server);
    long begun = System.nanoTime();
    TimeUnit.SECONDS.sleep(SECONDS);
    return (threads(server) - before) / (System.nanoTime() - begun) * 1e9;
  }

  private static double threads(ServeProcess server) throws IOException {
    double nanos = 0;
    for (Path thread : ServeProcess.threads(server.pid())) {
      nanos += ServeProcess.nanos(thread);
    }
    return nanos * 1e-9;
  }
}
