package io.clarinet.cli.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.tensor.Tensor;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests of seeded random tensors to one model, in the binary form of the protocol. */
public final class Payloads {
  private static final String HEADER_LENGTH = "Inference-Header-Content-Length";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServedModel model;
  private final Random random;

  /** Of a model. */
  public Payloads(ServedModel model, long seed) {
    this.model = model;
    this.random = new Random(seed);
  }

  /** The next tensors in declared order: pages of gray for numbers, 0 and 1 for integers. */
  public List<Tensor> tensors() {
    return model.inputs().stream().map(this::tensor).toList();
  }

  private Tensor tensor(ServedModel.Value value) {
    Tensor tensor = Tensor.zeros(value.type().type(), value.shape());
    for (long i = 0; i < value.shape().size(); i++) {
      if (tensor.type().isFloatingPoint()) {
        tensor.set(i, (double) random.nextFloat());
      } else {
        tensor.set(i, (long) random.nextInt(2));
      }
    }
    return tensor;
  }

  /** A request with these tensors. */
  Payload of(List<Tensor> tensors, Payload.Check check) {
    List<Map<String, Object>> heads = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      heads.add(head(model.inputs().get(i), tensors.get(i)));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("inputs", heads);
    document.put("parameters", Map.of("binary_data_output", true));
    try {
      return of(JSON.writeValueAsString(document), tensors, check);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> head(ServedModel.Value value, Tensor tensor) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("name", value.name());
    head.put("datatype", value.type().name());
    head.put("shape", tensor.shape().dims());
    head.put("parameters", Map.of("binary_data_size", tensor.bytes().remaining()));
    return head;
  }

  private Payload of(String text, List<Tensor> tensors, Payload.Check check) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json);
    for (Tensor tensor : tensors) {
      ByteBuffer bytes = tensor.bytes();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      body.writeBytes(copy);
    }
    return new Payload(
        path(), Map.of(HEADER_LENGTH, Integer.toString(json.length)), body.toByteArray(), check);
  }

  private String path() {
    return "/v2/models/" + model.name() + "/infer";
  }

  private static byte[] bytes(Payload payload) {
    return ByteBufUtil.getBytes(payload.body());
  }

  /** Requests that are wrong, each in its own way, made from a right one. */
  List<Payload> malformed() {
    Payload right = of(tensors(), Payload.ANSWERED);
    int json = Integer.parseInt(right.headers().getOrDefault(HEADER_LENGTH, "0"));
    return List.of(
        changed(right, "\"inputs\"", "\"unputs\""),
        changed(right, "\"datatype\":\"", "\"datatype\":\"X"),
        changed(right, "\"shape\":[", "\"shape\":[3,"),
        changed(right, "\"binary_data_size\":", "\"binary_data_size\":1"),
        changed(right, "{", "["),
        with(right.path(), json + 1, bytes(right)),
        with(right.path(), json, java.util.Arrays.copyOf(bytes(right), json + 3)),
        with("/v2/models/no-such-model/infer", json, bytes(right)),
        with("/v2/nothing", json, bytes(right)));
  }

  private static Payload changed(Payload right, String from, String to) {
    int length = Integer.parseInt(right.headers().getOrDefault(HEADER_LENGTH, "0"));
    byte[] bytes = bytes(right);
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    byte[] json =
        text.replaceFirst(java.util.regex.Pattern.quote(from), to).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json);
    body.write(bytes, length, bytes.length - length);
    return with(right.path(), json.length, body.toByteArray());
  }

  private static Payload with(String path, int json, byte[] body) {
    return new Payload(path, Map.of(HEADER_LENGTH, Integer.toString(json)), body, Payload.REFUSED);
  }
}
