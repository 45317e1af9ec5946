package io.clarinet.grpc;

import io.clarinet.server.Endpoint;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.Tls;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerStreamTracer;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Answers {@code inference.GRPCInferenceService}, within the limits of HTTP. */
public final class GrpcEndpoint implements Endpoint {
  private static final int METADATA = 32 << 10;
  private static final int CALLS = 64;
  private static final int PINGS_SECONDS = 10;

  /** Made by {@link java.util.ServiceLoader}. */
  public GrpcEndpoint() {}

  @Override
  public String protocol() {
    return "grpc";
  }

  @Override
  public Listening start(Behind behind, HttpOptions options) throws IOException {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), GrpcEndpoint::thread);
    ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, GrpcEndpoint::thread);
    timers.setRemoveOnCancelPolicy(true);
    Server server = server(behind, options, workers, timers);
    try {
      server.start();
    } catch (IOException e) {
      workers.shutdown();
      timers.shutdown();
      throw new IOException(
          "cannot listen on %s:%d for gRPC: %s"
              .formatted(options.host(), options.port(), reason(e)),
          e);
    }
    return new Running(server, workers, timers);
  }

  private static String reason(IOException e) {
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "clarinet-grpc");
    thread.setDaemon(true);
    return thread;
  }

  private static Server server(
      Behind behind, HttpOptions options, ExecutorService workers, ScheduledExecutorService timers)
      throws IOException {
    HttpLimits limits = options.limits();
    Connections connections = new Connections(limits.connections());
    Gate gate = new Gate(options, behind.listener(), timers);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(options.host(), options.port()))
            .executor(workers)
            .maxInboundMessageSize(limits.body())
            .maxInboundMetadataSize(METADATA)
            .maxConcurrentCallsPerConnection(CALLS)
            .permitKeepAliveTime(PINGS_SECONDS, TimeUnit.SECONDS)
            .handshakeTimeout(limits.headTime().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(limits.idleTime().toMillis(), TimeUnit.MILLISECONDS)
            .addTransportFilter(connections)
            .addStreamTracerFactory(
                new ServerStreamTracer.Factory() {
                  @Override
                  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                    return new Arriving(gate);
                  }
                })
            .intercept(gate)
            .addService(new InferenceService(behind, workers));
    Tls tls = options.tls();
    if (tls != null) {
      builder.sslContext(
          GrpcSslContexts.configure(SslContextBuilder.forServer(tls.keys()))
              .protocols(Tls.PROTOCOLS)
              .build());
    }
    return builder.build();
  }

  /** What was started. */
  private record Running(Server server, ExecutorService workers, ExecutorService timers)
      implements Listening {
    @Override
    public int port() {
      return server.getPort();
    }

    @Override
    public void stop() {
      server.shutdown();
    }

    @Override
    public boolean drain(Duration most) {
      try {
        return server.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      server.shutdownNow();
      workers.shutdown();
      timers.shutdownNow();
    }
  }
}
