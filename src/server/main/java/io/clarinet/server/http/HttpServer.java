package io.clarinet.server.http;

import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Listens, and answers requests of HTTP/1.1 by the handlers of a router. */
public final class HttpServer implements AutoCloseable {
  private static final int LINE = 8 << 10;
  private static final int HEADERS = 32 << 10;
  private static final int CHUNK = 8 << 10;

  /** No compressor of the two makes a byte out of more than 1032. */
  private static final int MOST_EXPANDED = 1100 * CHUNK;

  private static final int BACKLOG = 1024;
  private static final int LEAST_COMPRESSED = 1024;
  private static final int COMPRESSION = 1;
  private static final int WINDOW = 15;
  private static final int MEMORY = 8;
  private static final Duration LINGER = Duration.ofMillis(300);

  private final HttpOptions options;
  private final NioEventLoopGroup loops = new NioEventLoopGroup(2, threads("clarinet-http"));
  private final ExecutorService workers;
  private final Channel listening;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean draining = new AtomicBoolean();

  private HttpServer(HttpOptions options, Router router, Consumer<Answered> listener)
      throws IOException {
    this.options = options;
    int cores = Runtime.getRuntime().availableProcessors();
    this.workers = Executors.newFixedThreadPool(Math.max(2, cores), threads("clarinet-requests"));
    Connection.Shared shared =
        new Connection.Shared(
            options, router, listener, workers, connections, draining::get, new AtomicLong());
    this.listening = bind(shared);
  }

  /**
   * Listens from now on.
   *
   * @param listener told of every answer, on the server's threads: it must not wait
   * @throws IOException if the address is taken, or is not this machine's
   */
  public static HttpServer start(HttpOptions options, Router router, Consumer<Answered> listener)
      throws IOException {
    return new HttpServer(options, router, listener);
  }

  private static DefaultThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  private Channel bind(Connection.Shared shared) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    fill(channel, shared);
                  }
                });
    ChannelFuture bound =
        bootstrap
            .bind(new InetSocketAddress(options.host(), options.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var unused = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      workers.shutdown();
      throw new IOException(
          "cannot listen on %s:%d: %s"
              .formatted(options.host(), options.port(), bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  /** Puts HTTP, and a connection's handler, above a channel. */
  static void fill(Channel channel, Connection.Shared shared) {
    HttpOptions options = shared.options();
    HttpLimits limits = options.limits();
    ChannelPipeline pipeline = channel.pipeline();
    if (options.tls() != null) {
      pipeline.addLast(options.tls().handler(channel));
    }
    pipeline.addLast(
        new WriteTimeoutHandler(limits.idleTime().toMillis(), TimeUnit.MILLISECONDS),
        new HttpServerCodec(LINE, HEADERS, CHUNK),
        new HttpContentDecompressor(MOST_EXPANDED),
        compressor(),
        new Connection(channel, shared));
  }

  private static HttpContentCompressor compressor() {
    return new HttpContentCompressor(
        LEAST_COMPRESSED,
        StandardCompressionOptions.gzip(COMPRESSION, WINDOW, MEMORY),
        StandardCompressionOptions.deflate(COMPRESSION, WINDOW, MEMORY));
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Connections that are open. */
  public int connections() {
    return connections.size();
  }

  /**
   * Answers what has come or comes within a moment, tells each client that its connection ends, and
   * then takes no more. Waits for the answers.
   *
   * @return whether all were answered in this time
   */
  public boolean drain(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    draining.set(true);
    pause(LINGER);
    listening.close().awaitUninterruptibly();
    connections.forEach(Connection::closeWhenIdle);
    while (!connections.isEmpty() && System.nanoTime() - end < 0) {
      pause(Duration.ofMillis(5));
    }
    return connections.isEmpty();
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes every connection at once. Closing twice does nothing. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    workers.shutdown();
  }
}
