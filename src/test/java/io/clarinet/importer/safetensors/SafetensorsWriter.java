package io.clarinet.importer.safetensors;

import io.clarinet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Writes safetensors files for tests: sound ones, and any header over any data. */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  public static Path write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    StringBuilder json = new StringBuilder("{\"__metadata__\":{");
    metadata.forEach((key, value) -> json.append("\"%s\":\"%s\",".formatted(key, value)));
    json.append("\"format\":\"pt\"}");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      byte[] bytes = new byte[e.getValue().bytes().remaining()];
      e.getValue().bytes().get(bytes);
      json.append(
          ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  e.getKey(),
                  dtype(e.getValue()),
                  Arrays.toString(e.getValue().shape().dims()),
                  data.size(),
                  data.size() + bytes.length));
      data.write(bytes);
    }
    return write(file, json.append('}').toString(), data.toByteArray());
  }

  static Path write(Path file, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(file, bytes.array());
  }

  private static String dtype(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT64 -> "F64";
      case FLOAT32 -> "F32";
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case INT64 -> "I64";
      default -> throw new IllegalArgumentException("no dtype for " + tensor.type());
    };
  }
}
