package io.clarinet.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes the weights as safetensors (F32, little-endian), with what a reader must know to run it.
 */
final class WeightsFile {
  private static final int ALIGNMENT = 8;

  private WeightsFile() {}

  /** Writes the file anew, whole or not at all. */
  static void write(Map<String, Tensor> tensors, Path file) throws IOException {
    Map<String, Tensor> sorted = new TreeMap<>(tensors);
    byte[] header = header(sorted).getBytes(StandardCharsets.UTF_8);
    int length = sorted.values().stream().mapToInt(t -> (int) t.numel() * Float.BYTES).sum();
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + header.length + length).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(header.length).put(header);
    for (Tensor t : sorted.values()) {
      for (float value : values(t)) {
        out.putFloat(value);
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, out.array());
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What the file says of itself, by key. */
  static Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("architecture", Network.ARCHITECTURE);
    metadata.put("title", "Clarinet glyphs: drawn and printed digits and capital letters");
    metadata.put(
        "labels",
        Labels.ALL.chars().mapToObj(Character::toString).collect(Collectors.joining(",")));
    metadata.put(
        "preprocess",
        "none,resize=exact,crop=%d,order=rgb,range=1,mean=%s,std=%s"
            .formatted(Ranges.SIZE, thrice(Recipe.MEAN), thrice(Recipe.DEVIATION)));
    metadata.put("license", "Apache-2.0");
    return metadata;
  }

  private static String thrice(double value) {
    return value + "," + value + "," + value;
  }

  private static String header(Map<String, Tensor> tensors) {
    StringBuilder json = new StringBuilder("{\"__metadata__\":{");
    json.append(
        metadata().entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
            .collect(Collectors.joining(",")));
    json.append('}');
    long at = 0;
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      long end = at + e.getValue().numel() * Float.BYTES;
      json.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(e.getKey(), Arrays.toString(shape(e.getValue())), at, end));
      at = end;
    }
    json.append('}');
    json.append(" ".repeat(Math.floorMod(-json.length(), ALIGNMENT)));
    return json.toString();
  }

  private static long[] shape(Tensor t) {
    long[] shape = new long[(int) t.dim()];
    Arrays.setAll(shape, t::size);
    return shape;
  }

  private static float[] values(Tensor t) {
    float[] values = new float[(int) t.numel()];
    new FloatPointer(t.detach().contiguous().data_ptr_float()).get(values);
    return values;
  }
}
