package io.clarinet.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A hub with one repository, {@code acme/net}, and a second server that large files are sent on to,
 * as the public hub answers: with commits, checksums, ranges and error codes. Its faults can be
 * chosen.
 */
public final class HubServer implements AutoCloseable {
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final int LARGE = 4096;
  private static final long PAUSE = 5_000_000;
  private static final byte[] JUNK = new byte[1 << 16];

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits for 40 ms
  }

  private final HttpServer hub;
  private final HttpServer cdn;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final Map<String, Long> listedSizes = new ConcurrentHashMap<>();
  private final Map<String, String> listedDigests = new ConcurrentHashMap<>();

  /** All questions: which server, the path, and the headers that matter. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Entries of the list that are put in as they are. */
  volatile String moreSiblings = "";

  /** A token that is wanted; none if empty. */
  volatile String token = "";

  /** Answers of the hub to everything, in place of what it would give; 0 for none. */
  volatile int status;

  volatile Map<String, String> statusHeaders = Map.of();

  /** Where the hub sends on to, in place of the second server. */
  volatile String location = "";

  /** Bytes after which bodies are cut, so many times. */
  volatile int cutAfter;

  final AtomicInteger cuts = new AtomicInteger();

  /** Whether a cut body stands still first, until the server is reset. */
  volatile boolean stalls;

  volatile boolean ignoresRanges;
  volatile boolean endless;

  /** A body of no stated length, and longer than is listed. */
  volatile boolean tooLong;

  public HubServer() throws IOException {
    hub = server(this::answer);
    cdn = server(this::content);
  }

  /** As it was made: no files, no faults. */
  public void reset() {
    files.clear();
    listedSizes.clear();
    listedDigests.clear();
    asked.clear();
    moreSiblings = "";
    token = "";
    status = 0;
    statusHeaders = Map.of();
    location = "";
    cutAfter = 0;
    cuts.set(0);
    stalls = false;
    ignoresRanges = false;
    endless = false;
    tooLong = false;
  }

  private HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
    return server;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  public HubServer with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  public HubServer with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  HubServer listing(String name, long size) {
    listedSizes.put(name, size);
    return this;
  }

  HubServer listing(String name, String digest) {
    listedDigests.put(name, digest);
    return this;
  }

  /** Questions for contents, by the names of files. */
  List<String> contents() {
    return asked.stream()
        .filter(line -> line.startsWith("hub") && line.contains("/resolve/"))
        .map(line -> line.replaceAll(".*/resolve/\\w+/(\\S+).*", "$1"))
        .toList();
  }

  private void note(String server, HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    asked.add(
        "%s %s token=%s range=%s if=%s"
            .formatted(
                server,
                exchange.getRequestURI(),
                headers.getFirst("Authorization"),
                headers.getFirst("Range"),
                headers.getFirst("If-Range")));
  }

  private void answer(HttpExchange exchange) throws IOException {
    note("hub", exchange);
    String path = exchange.getRequestURI().getPath();
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (status != 0) {
      statusHeaders.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, -1);
    } else if (!token.isEmpty() && !("Bearer " + token).equals(given)) {
      refuse(exchange, 401, "RepoNotFound");
    } else if (path.startsWith("/api/models/acme/net/revision/")) {
      list(exchange, path.substring(path.lastIndexOf("/revision/") + 10));
    } else if (path.startsWith("/acme/net/resolve/" + COMMIT + "/")) {
      resolve(exchange, path.substring(path.indexOf(COMMIT) + COMMIT.length() + 1));
    } else {
      refuse(exchange, 404, "RepoNotFound");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("X-Error-Code", code);
    exchange.sendResponseHeaders(status, -1);
  }

  private void list(HttpExchange exchange, String revision) throws IOException {
    if (!List.of("main", "v1", "refs/pr/1", COMMIT).contains(revision)) {
      refuse(exchange, 404, "RevisionNotFound");
      return;
    }
    String siblings = files.keySet().stream().map(this::sibling).collect(Collectors.joining(", "));
    byte[] answer =
        ("{\"_id\": \"6\", \"id\": \"acme/net\", \"private\": false, \"tags\": [\"timm\"], \"sha\":"
                + " \""
                + COMMIT
                + "\", \"cardData\": {\"license\": \"x\"}, \"siblings\": ["
                + moreSiblings
                + siblings
                + "], \"usedStorage\": 7}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
  }

  private String sibling(String name) {
    byte[] content = files.get(name);
    long size = listedSizes.getOrDefault(name, (long) content.length);
    String digest = listedDigests.getOrDefault(name, digest(content));
    String lfs =
        content.length < LARGE
            ? ""
            : ", \"lfs\": {\"sha256\": \""
                + digest
                + "\", \"size\": "
                + size
                + ", \"pointerSize\": 134}";
    String blob = content.length < LARGE ? digest : "f".repeat(40);
    return "{\"rfilename\": \"%s\", \"blobId\": \"%s\", \"size\": %d%s}"
        .formatted(name, blob, size, lfs);
  }

  /** The name of a content in the cache. */
  static String digest(byte[] content) {
    try {
      if (content.length >= LARGE) {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      }
      MessageDigest git = MessageDigest.getInstance("SHA-1");
      git.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(git.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void resolve(HttpExchange exchange, String name) throws IOException {
    byte[] content = files.get(name);
    if (content == null) {
      refuse(exchange, 404, "EntryNotFound");
    } else if (content.length < LARGE && location.isEmpty()) {
      send(exchange, content);
    } else {
      String elsewhere =
          "http://127.0.0.1:" + cdn.getAddress().getPort() + "/" + name + "?signed=1";
      Headers headers = exchange.getResponseHeaders();
      headers.set("Location", location.isEmpty() ? elsewhere : location);
      headers.set("X-Repo-Commit", COMMIT);
      headers.set("X-Linked-Etag", '"' + digest(content) + '"');
      exchange.sendResponseHeaders(302, -1);
    }
  }

  private void content(HttpExchange exchange) throws IOException {
    note("cdn", exchange);
    send(exchange, files.get(exchange.getRequestURI().getPath().substring(1)));
  }

  private void send(HttpExchange exchange, byte[] content) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from =
        range == null || ignoresRanges
            ? 0
            : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    exchange.getResponseHeaders().set("ETag", "\"of-" + content.length + "\"");
    int length = content.length - from;
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, tooLong || endless ? 0 : length);
    OutputStream body = exchange.getResponseBody();
    if (content.length >= LARGE && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      body.write(content, from, Math.min(cutAfter, length));
      body.flush();
      while (stalls) {
        LockSupport.parkNanos(PAUSE);
      }
      return; // closed before its end
    }
    body.write(content, from, length);
    for (int i = 0; endless || (tooLong && i < 2); i++) {
      body.write(JUNK);
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    cdn.stop(0);
    threads.shutdownNow();
  }
}
