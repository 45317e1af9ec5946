package io.clarinet.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium, driven over the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /**
   * Starts a browser with one empty page.
   *
   * @param program of Chromium
   * @param folder for its profile
   */
  Browser(String program, Path folder) throws IOException {
    this.process =
        new ProcessBuilder(
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--force-color-profile=srgb",
                "--user-data-dir=" + folder,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    this.socket = connect(port(folder.resolve("DevToolsActivePort")));
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  private int port(Path file) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(file) && Files.readAllLines(file).size() >= 2) {
        return Integer.parseInt(Files.readAllLines(file).get(0));
      }
      pause();
    }
    throw new IOException(
        "the browser did not start: " + Files.readString(file.resolveSibling("log")));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WebSocket connect(int port) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    URI list = URI.create("http://127.0.0.1:" + port + "/json");
    JsonNode targets =
        JSON.readTree(
            client
                .sendAsync(
                    HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .join()
                .body());
    for (JsonNode target : targets) {
      if (target.get("type").asText().equals("page")) {
        return client
            .newWebSocketBuilder()
            .buildAsync(URI.create(target.get("webSocketDebuggerUrl").asText()), new Messages())
            .join();
      }
    }
    throw new IOException("the browser has no page");
  }

  /** Joins the parts of messages. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        take(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void take(String message) {
    try {
      JsonNode document = JSON.readTree(message);
      if (document.has("id")) {
        CompletableFuture<JsonNode> asked = answers.remove(document.get("id").asInt());
        if (asked != null) {
          asked.complete(document);
        }
        return;
      }
      String method = document.path("method").asText();
      boolean logged =
          method.equals("Log.entryAdded")
              && document.at("/params/entry/level").asText().equals("error");
      if (logged || method.equals("Runtime.exceptionThrown")) {
        complaints.add(document.get("params").toString());
      }
    } catch (IOException e) {
      complaints.add(e.toString());
    }
  }

  /** The result of a command of the protocol. */
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    socket.sendText(JSON.valueToTree(message).toString(), true).join();
    JsonNode document = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (document.has("error")) {
      throw new IllegalStateException(method + ": " + document.get("error"));
    }
    return document.get("result");
  }

  /** Errors that the page's scripts, policy or requests made. */
  List<String> complaints() {
    return new ArrayList<>(complaints);
  }

  /** The value of an expression in the page; promises are waited for. */
  JsonNode value(String expression) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.at("/result/value");
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!value("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("never " + expression + "; " + complaints);
      }
      pause();
    }
  }

  /** Goes to a page in a window of this size and colour scheme. */
  void open(String address, int width, int height, String scheme) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    call("Page.navigate", Map.of("url", address));
    await("location.href === '" + address + "' && document.readyState === 'complete'");
  }

  /** A key as a person presses it. */
  void press(String key, int code) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("key", key);
    event.put("windowsVirtualKeyCode", code);
    if (key.length() == 1 || key.equals("Enter")) {
      event.put("text", key.equals("Enter") ? "\r" : key);
    }
    event.put("type", "keyDown");
    call("Input.dispatchKeyEvent", event);
    event.remove("text");
    event.put("type", "keyUp");
    call("Input.dispatchKeyEvent", event);
  }

  /** The pointer, as a person moves it. */
  void pointer(String type, double x, double y) {
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
  }

  /** Gives a file to a file input. */
  void choose(String selector, Path file) {
    int root = call("DOM.getDocument", Map.of()).get("root").get("nodeId").asInt();
    int node =
        call("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
            .get("nodeId")
            .asInt();
    call(
        "DOM.setFileInputFiles",
        Map.of("nodeId", node, "files", List.of(file.toAbsolutePath().toString())));
  }

  /** The whole page as a PNG file. */
  byte[] screenshot() {
    JsonNode shot = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    return Base64.getDecoder().decode(shot.get("data").asText());
  }

  /** Asks it to end, so that it clears up behind itself, and makes it. */
  @Override
  public void close() {
    var unused = socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
