package io.clarinet.cli.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Loads a server by one step, on one event loop. With a rate, a request's time counts from the
 * moment at which it was due, whether a client was free to send it then or not: a server that stops
 * for a second is charged for all that came in that second (no "coordinated omission").
 */
public final class LoadRun {
  private static final long PATIENCE_SECONDS = 60;

  private final ServedModel model;
  private final LoadStep step;
  private final List<Payload> payloads;
  private final NioEventLoopGroup loop =
      new NioEventLoopGroup(1, new DefaultThreadFactory("clarinet-load", true));
  private final Deque<LoadClient> idle = new ArrayDeque<>();
  private final Deque<Long> due = new ArrayDeque<>();
  private final Latencies latencies = new Latencies();
  private final CountDownLatch end = new CountDownLatch(1);
  private long from;
  private long to;
  private long sent;
  private long ended;
  private long inTime;
  private long answers;
  private long wrong;
  private long refused;
  private long lost;
  private boolean over;

  private LoadRun(ServedModel model, LoadStep step, List<Payload> payloads) {
    this.model = model;
    this.step = step;
    this.payloads = List.copyOf(payloads);
  }

  /**
   * Loads a server, and waits for its answers.
   *
   * @param payloads sent in turn
   */
  static LoadResult of(ServedModel model, LoadStep step, List<Payload> payloads)
      throws IOException {
    Map<Integer, Long> before = model.batches();
    LoadRun run = new LoadRun(model, step, payloads);
    double seconds = run.run();
    return run.result(seconds, median(before, model.batches()));
  }

  private double run() {
    System.gc(); // a collection here would count as the server's delay
    long begun = System.nanoTime();
    from = begun + step.warmUp().toNanos();
    to = from + step.measured().toNanos();
    loop.execute(this::begin);
    if (step.rate() > 0) {
      pace(begun);
    }
    var unused = loop.schedule(this::finish, to - System.nanoTime(), TimeUnit.NANOSECONDS);
    try {
      if (!end.await(
          step.warmUp().plus(step.measured()).toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        loop.submit(() -> lost += sent - ended).syncUninterruptibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    return (Math.min(to, System.nanoTime()) - from) / 1e9;
  }

  private void begin() {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true);
    for (int i = 0; i < step.clients(); i++) {
      LoadClient client = new LoadClient(bootstrap, model.address(), this::ended);
      if (step.rate() > 0) {
        free(client);
      } else {
        send(client, System.nanoTime());
      }
    }
  }

  /** Hands requests to the event loop when they are due, evenly spaced. */
  private void pace(long begun) {
    double gap = 1e9 / step.rate();
    for (long i = 0; ; i++) {
      long moment = begun + (long) (i * gap);
      if (moment >= to || isEnough(i)) {
        return;
      }
      for (long wait = moment - System.nanoTime(); wait > 0; wait = moment - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      loop.execute(() -> arrive(moment));
    }
  }

  private boolean isEnough(long requests) {
    return step.requests() > 0 && requests >= step.requests();
  }

  private void arrive(long moment) {
    LoadClient client = idle.poll();
    if (client == null) {
      due.add(moment);
    } else {
      send(client, moment);
    }
  }

  private void send(LoadClient client, long moment) {
    client.send(payloads.get((int) (sent++ % payloads.size())), moment);
  }

  private void free(LoadClient client) {
    Long moment = due.poll();
    if (moment != null) {
      send(client, moment);
    } else {
      idle.add(client);
    }
  }

  private void ended(
      LoadClient client, Payload payload, long since, @Nullable FullHttpResponse answer) {
    long now = System.nanoTime();
    ended++;
    count(payload, answer);
    if (now >= from && now < to) {
      inTime++;
      latencies.add(now - since);
    }
    if (step.rate() > 0) {
      free(client);
    } else if (!over && !isEnough(sent)) {
      send(client, now);
    }
    if (isEnough(ended)) {
      to = Math.min(to, now);
      finish();
    }
    finishIfDone();
  }

  private void count(Payload payload, @Nullable FullHttpResponse answer) {
    if (answer == null) {
      lost++;
      return;
    }
    answers++;
    int status = answer.status().code();
    if (status == 429 || status == 503) {
      refused++;
    } else if (!payload.check().isRight(answer)) {
      wrong++;
    }
  }

  private void finish() {
    over = true;
    finishIfDone();
  }

  private void finishIfDone() {
    if (over && ended == sent && due.isEmpty()) {
      end.countDown();
    }
  }

  private LoadResult result(double seconds, int medianBatch) {
    return new LoadResult(
        step.clients(),
        step.rate(),
        inTime / seconds,
        latencies.percentile(50),
        latencies.percentile(90),
        latencies.percentile(99),
        latencies.percentile(100),
        answers,
        wrong,
        refused,
        lost,
        medianBatch);
  }

  /** The number of items that half of the batches between two counts have at most. */
  static int median(Map<Integer, Long> before, Map<Integer, Long> after) {
    TreeMap<Integer, Long> counts = new TreeMap<>(after);
    before.forEach((size, count) -> counts.merge(size, -count, Long::sum));
    long half = (counts.values().stream().mapToLong(Long::longValue).sum() + 1) / 2;
    for (Map.Entry<Integer, Long> size : counts.entrySet()) {
      half -= size.getValue();
      if (half <= 0 && size.getValue() > 0) {
        return size.getKey();
      }
    }
    return 0;
  }
}
