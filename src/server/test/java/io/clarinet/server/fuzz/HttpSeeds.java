package io.clarinet.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What well-behaved clients send, to start from; each after the byte that says where it splits. */
final class HttpSeeds {
  private static final String TENSOR =
      "{\"id\":\"a\",\"inputs\":[{\"name\":\"x\",\"shape\":[2,3],\"datatype\":\"FP32\",\"data\":"
          + "[[1,2.5,-3e2],[4,5,6]]}],\"outputs\":[{\"name\":\"y\",\"parameters\":{"
          + "\"binary_data\":true}}],\"parameters\":{\"n\":1,\"binary_data_output\":false}}";
  private static final String BINARY =
      "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"datatype\":\"UINT8\",\"parameters\":{"
          + "\"binary_data_size\":4}}],\"parameters\":{\"binary_data_output\":true}}";

  private final Map<String, byte[]> seeds = new LinkedHashMap<>();

  private HttpSeeds() {}

  /** All by name. */
  static Map<String, byte[]> all() throws IOException {
    HttpSeeds made = new HttpSeeds();
    made.gets();
    made.tensors();
    made.pictures();
    return made.seeds;
  }

  private void gets() {
    String[] paths = {
      "/v2", "/v2/health/ready", "/v2/models/id", "/v2/models/id/versions/1/config",
      "/v2/models/stats", "/v2/models/bytes/ready", "/metrics", "/"
    };
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String path : paths) {
      byte[] one = request("GET " + path, "Accept-Encoding: gzip\r\n", new byte[0]);
      seeds.put("get-" + seeds.size(), one);
      all.write(one, 1, one.length - 1);
    }
    seeds.put("pipelined", split(all.toByteArray()));
    seeds.put("index", request("POST /v2/repository/index", "", bytes("{\"ready\":true}")));
    seeds.put("head", request("HEAD /v2/models/id", "X-Request-Id: 7\r\n", new byte[0]));
  }

  private void tensors() throws IOException {
    String path = "POST /v2/models/id/infer";
    byte[] body = bytes(TENSOR);
    seeds.put("json", request(path, "traceparent: 00-a-b-01\r\n", body));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(body);
    }
    seeds.put("gzip", request(path, "Content-Encoding: gzip\r\n", zipped.toByteArray()));
    String chunk = Integer.toHexString(TENSOR.length()) + "\r\n" + TENSOR + "\r\n0\r\n\r\n";
    seeds.put(
        "chunked",
        split(
            bytes(
                path
                    + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk)));
    String length = "Inference-Header-Content-Length: " + BINARY.length() + "\r\n";
    seeds.put("binary", request("POST /v2/models/bytes/infer", length, bytes(BINARY + "abcd")));
  }

  private void pictures() {
    byte[] picture = picture();
    String path = "POST /v1/classify?model=characters&top=2";
    seeds.put("picture", request(path, "Content-Type: image/png\r\n", picture));
    String base64 = Base64.getEncoder().encodeToString(picture);
    byte[] json = bytes("{\"images\":[\"" + base64 + "\"]}");
    seeds.put("base64", request(path, "Content-Type: application/json\r\n", json));
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        bytes("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\n\r\n"));
    form.writeBytes(picture);
    form.writeBytes(bytes("\r\n--b--\r\n"));
    String kind = "Content-Type: multipart/form-data; boundary=b\r\n";
    seeds.put("form", request(path, kind, form.toByteArray()));
  }

  private static byte[] picture() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      javax.imageio.ImageIO.write(
          new java.awt.image.BufferedImage(4, 3, java.awt.image.BufferedImage.TYPE_INT_RGB),
          "png",
          out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] request(String line, String headers, byte[] body) {
    String head = line + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(head + "Content-Length: " + body.length + "\r\n\r\n"));
    out.writeBytes(body);
    return split(out.toByteArray());
  }

  private static byte[] split(byte[] sent) {
    byte[] seed = new byte[sent.length + 1];
    seed[0] = (byte) 128;
    System.arraycopy(sent, 0, seed, 1, sent.length);
    return seed;
  }

  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> seed : all().entrySet()) {
      Files.write(folder.resolve(seed.getKey()), seed.getValue());
    }
  }
}
