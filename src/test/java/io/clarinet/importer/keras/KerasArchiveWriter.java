package io.clarinet.importer.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives and files of weights as Keras 3 does. */
public final class KerasArchiveWriter {
  private final Map<String, Object> datasets = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  /**
   * Adds a layer's weights, numbered.
   *
   * @param folder of the layer, such as {@code layers/conv2d_1}
   * @param values float arrays of as many dimensions as each weight has
   */
  public KerasArchiveWriter layer(String folder, Object... values) {
    for (int i = 0; i < values.length; i++) {
      datasets.put(folder + "/vars/" + i, values[i]);
    }
    return this;
  }

  /** Notes a layer's name beside its weights, as newer versions do. */
  KerasArchiveWriter named(String folder, String name) {
    names.put(folder + "/vars", name);
    return this;
  }

  /** The file of weights. */
  public byte[] weights() throws IOException {
    Path file = Files.createTempFile("weights", ".h5");
    try (WritableHdfFile root = HdfFile.write(file)) {
      Map<String, WritableGroup> groups = new HashMap<>();
      groups.put("", root);
      datasets.forEach(
          (path, values) -> {
            int end = path.lastIndexOf('/');
            group(groups, path.substring(0, end)).putDataset(path.substring(end + 1), values);
          });
      names.forEach(
          (path, name) -> ((WritableNode) group(groups, path)).putAttribute("name", name));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private static WritableGroup group(Map<String, WritableGroup> groups, String path) {
    WritableGroup known = groups.get(path);
    if (known == null) {
      int end = path.lastIndexOf('/');
      WritableGroup parent = group(groups, end < 0 ? "" : path.substring(0, end));
      known = parent.putGroup(path.substring(end + 1));
      groups.put(path, known);
    }
    return known;
  }

  /** The archive, its entries stored as they are. */
  public byte[] archive(String config) throws IOException {
    return zip(ZipEntry.STORED, entries(config));
  }

  /** The entries of an archive, which a test may change. */
  public Map<String, byte[]> entries(String config) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    String metadata = "{\"keras_version\": \"3.3.3\", \"date_saved\": \"2024-05-05@05:05:05\"}";
    entries.put("metadata.json", metadata.getBytes(StandardCharsets.UTF_8));
    entries.put("config.json", config.getBytes(StandardCharsets.UTF_8));
    entries.put("model.weights.h5", weights());
    return entries;
  }

  /** An archive of entries. */
  public static byte[] zip(int method, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        CRC32 sum = new CRC32();
        sum.update(each.getValue());
        entry.setMethod(method);
        entry.setSize(each.getValue().length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
