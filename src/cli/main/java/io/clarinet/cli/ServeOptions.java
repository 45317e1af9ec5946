package io.clarinet.cli;

import io.clarinet.Device;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.model.Serving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server listens, and what it lets its clients do. */
final class ServeOptions {
  @Option(
      names = "--host",
      paramLabel = "H",
      description = "address to listen on (default: 127.0.0.1, this machine alone)")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "port to listen on, 0 for any that is free (default: 8000)")
  int port = 8000;

  @Option(
      names = "--grpc-port",
      paramLabel = "P",
      description =
          "port for the same protocol over gRPC, 0 for any that is free; wants clarinet-grpc on the"
              + " class path (default: none)")
  @Nullable Integer grpcPort;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      converter = Count.class,
      description = "items that run together at most (default: 16)")
  int maxBatch = Serving.LARGEST_BATCH;

  @Option(
      names = "--max-delay",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description =
          "how long a request waits for others to run with, where there are others (default: 2ms)")
  Duration maxDelay = Serving.LONGEST_WAIT;

  @Option(
      names = "--queue",
      paramLabel = "N",
      converter = Count.class,
      description = "requests of a model that may wait; more are refused by 429 (default: 256)")
  int queue = Serving.QUEUE;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "longest time from a request to its answer, refused by 503 (default: 30s)")
  Duration deadline = Serving.DEADLINE;

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = "largest request, decompressed; larger ones are refused by 413 (default: 64M)")
  long maxBody = HttpLimits.DEFAULT.body();

  @Option(
      names = "--max-bodies",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = "all requests under way together, refused by 503 (default: 512M)")
  long maxBodies = HttpLimits.DEFAULT.bodies();

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      converter = Count.class,
      description = "open connections, refused by 503 (default: 1000)")
  int maxConnections = HttpLimits.DEFAULT.connections();

  @Option(
      names = "--body-time",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "for a request to arrive, ended by 408 (default: 30s)")
  Duration bodyTime = HttpLimits.DEFAULT.bodyTime();

  @Option(
      names = "--idle-time",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "for a connection without a request (default: 75s)")
  Duration idleTime = HttpLimits.DEFAULT.idleTime();

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "for the answers under way when it is told to end (default: 30s)")
  Duration drain = Duration.ofSeconds(30);

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "the token that clients must send (default: $CLARINET_TOKEN)")
  @Nullable Path tokenFile;

  @Option(
      names = "--key-store",
      paramLabel = "FILE",
      description = "serve TLS by this key store; its password is $CLARINET_KEY_STORE_PASSWORD")
  @Nullable Path keyStore;

  @Option(
      names = "--log",
      paramLabel = "FORM",
      completionCandidates = Words.Logs.class,
      description = "a line on standard error for each request: json, text or none (default: none)")
  AccessLog log = AccessLog.NONE;

  Serving serving(List<Device> devices) {
    return new Serving(devices, maxBatch, maxDelay, queue, deadline);
  }

  HttpLimits limits() {
    int body = (int) Math.min(maxBody, Integer.MAX_VALUE - 1024);
    Duration head = HttpLimits.DEFAULT.headTime();
    return new HttpLimits(body, maxBodies, maxConnections, head, bodyTime, idleTime);
  }

  /** The token that is asked for; null if none. */
  @Nullable String token() throws IOException {
    String token = tokenFile == null ? System.getenv("CLARINET_TOKEN") : read(tokenFile);
    return token == null || token.isBlank() ? null : token.strip();
  }

  private static String read(Path file) throws IOException {
    String token = Files.readString(file).strip();
    if (token.isEmpty()) {
      throw new IOException(file + " holds no token");
    }
    return token;
  }
}
