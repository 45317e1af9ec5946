package io.clarinet.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends bytes as it likes, over one connection. */
public final class RawClient implements AutoCloseable {
  private static final int PATIENCE = 20_000;

  private final Socket socket;
  private final InputStream in;

  /** An answer as it came. */
  public record Reply(int status, Map<String, String> headers, byte[] body) {
    /** The body in UTF-8. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Connects to a port of this machine. */
  public RawClient(int port) throws IOException {
    this.socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE);
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
  }

  /** Sends text, its lines' ends as in HTTP. */
  public RawClient send(String text) throws IOException {
    return send(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes. */
  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** A request with a body and a few headers. */
  public RawClient send(String line, Map<String, String> headers, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder(line + " HTTP/1.1\nHost: localhost\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append('\n'));
    head.append("Content-Length: ").append(body.length).append("\n\n");
    send(head.toString());
    return send(body);
  }

  /** The next answer. */
  public Reply reply() throws IOException {
    String line = line();
    int status = Integer.parseInt(line.split(" ")[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    if (status == 100) {
      return new Reply(status, headers, new byte[0]);
    }
    return new Reply(status, headers, body(headers));
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (!"chunked".equals(headers.get("transfer-encoding"))) {
      return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      all.write(in.readNBytes(size));
      line();
    }
    line();
    return all.toByteArray();
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended after " + bytes);
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  /** The next byte; -1 at the end. */
  int read() throws IOException {
    return in.read();
  }

  /** Whether the server has closed the connection, once nothing comes any more. */
  public boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
