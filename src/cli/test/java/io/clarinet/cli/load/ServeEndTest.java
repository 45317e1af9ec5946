package io.clarinet.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server of its own process ends, and comes again. */
class ServeEndTest {
  private static final int CLIENTS = 8;
  private static final int BEFORE = 100;

  @TempDir Path folder;

  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final CountDownLatch some = new CountDownLatch(BEFORE);
  private final CountDownLatch stopped = new CountDownLatch(CLIENTS);

  private static List<Payload> payloads(ServeProcess server) throws IOException {
    Payloads made = new Payloads(ServedModel.of(server.address(), "", 1), 1);
    return List.of(made.of(made.tensors(), Payload.ANSWERED));
  }

  /** Each client sends until an answer says that the connection ends. */
  @Test
  void everyRequestThatWasSentIsAnsweredWhenItIsToldToEnd() throws Exception {
    Path log = folder.resolve("log");
    NioEventLoopGroup loop = new NioEventLoopGroup(1);
    try (ServeProcess server = ServeProcess.start(log, "--device", "cpu")) {
      Payload payload = payloads(server).get(0);
      Bootstrap bootstrap = new Bootstrap().group(loop).channel(NioSocketChannel.class);
      for (int i = 0; i < CLIENTS; i++) {
        LoadClient client = new LoadClient(bootstrap, server.address(), this::ended);
        loop.execute(() -> client.send(payload, 0));
      }
      assertThat(some.await(1, TimeUnit.MINUTES)).isTrue();
      server.terminate();
      assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();
      server.awaitEnd();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
    assertThat(lost.get()).as("of %d", answers.get()).isZero();
    assertThat(Files.readString(log)).doesNotContain("had no answer");
  }

  private void ended(
      LoadClient client,
      Payload sent,
      long since,
      io.netty.handler.codec.http.FullHttpResponse answer) {
    if (answer == null || !sent.check().isRight(answer)) {
      lost.incrementAndGet();
      stopped.countDown();
      return;
    }
    answers.incrementAndGet();
    some.countDown();
    if (HttpUtil.isKeepAlive(answer)) {
      client.send(sent, 0);
    } else {
      stopped.countDown();
    }
  }

  /** What was compiled and measured before is kept, whole: a kill tears no file. */
  @Test
  void afterAKillItAnswersAsBefore() throws Exception {
    try (Session session = AnswerCheck.opened(Model.bundled()).open(Device.standard())) {
      for (int i = 0; i < 2; i++) {
        long begun = System.nanoTime();
        try (ServeProcess server = ServeProcess.start(folder.resolve("log"))) {
          System.out.printf("ready after %.2f s%n", (System.nanoTime() - begun) / 1e9);
          ServedModel model = ServedModel.of(server.address(), "", 1);
          LoadStep step = new LoadStep(4, 0, Duration.ZERO, Duration.ofMinutes(1), 40);
          LoadResult result = Load.ofTensors(model, new AnswerCheck(session), 0).run(step);
          assertThat(result.isClean()).isTrue();
          server.kill();
        }
      }
    }
  }
}
