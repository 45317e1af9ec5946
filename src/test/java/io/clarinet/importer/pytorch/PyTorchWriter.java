package io.clarinet.importer.pytorch;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files as {@code torch.save} does, in either format, for tests. */
public final class PyTorchWriter {
  private static final Map<ElementType, String> STORAGES =
      Map.of(
          ElementType.FLOAT32, "FloatStorage",
          ElementType.FLOAT64, "DoubleStorage",
          ElementType.FLOAT16, "HalfStorage",
          ElementType.BFLOAT16, "BFloat16Storage",
          ElementType.INT64, "LongStorage",
          ElementType.INT32, "IntStorage",
          ElementType.UINT8, "ByteStorage");

  private PyTorchWriter() {}

  /** The archive that PyTorch writes since 1.6. */
  public static byte[] zip(Map<String, Tensor> tensors) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("model/data.pkl", pickle(tensors));
    entries.put("model/byteorder", new byte[] {'l', 'i', 't', 't', 'l', 'e'});
    tensors.forEach(
        (name, tensor) -> entries.put("model/data/" + key(tensors, name), bytes(tensor)));
    entries.put("model/version", new byte[] {'3', '\n'});
    return archive(entries, ZipEntry.STORED);
  }

  /** The pickles and storages that PyTorch wrote before. */
  public static byte[] legacy(Map<String, Tensor> tensors) {
    PickleWriter keys = new PickleWriter().proto().raw(']').mark();
    tensors.keySet().forEach(name -> keys.text(key(tensors, name)));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(legacyHeader());
    file.writeBytes(pickle(tensors));
    file.writeBytes(keys.raw('e').stop());
    for (Tensor tensor : tensors.values()) {
      file.writeBytes(PickleWriter.little(8, tensor.shape().size()));
      file.writeBytes(bytes(tensor));
    }
    return file.toByteArray();
  }

  /** Magic number, protocol version and facts of the machine. */
  static byte[] legacyHeader() {
    byte[] magic = {
      0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
    };
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(new PickleWriter().proto().raw(0x8a, 10).raw(magic).stop());
    header.writeBytes(new PickleWriter().proto().raw('M', 0xe9, 3).stop());
    header.writeBytes(
        new PickleWriter()
            .proto()
            .emptyDict()
            .mark()
            .text("protocol_version")
            .integer(1001)
            .text("little_endian")
            .raw(0x88)
            .setItems()
            .stop());
    return header.toByteArray();
  }

  /** The state dictionary itself, with the versions of modules that PyTorch attaches to it. */
  static byte[] pickle(Map<String, Tensor> tensors) {
    PickleWriter out = new PickleWriter().proto().orderedDict().put(0).mark();
    tensors.forEach(
        (name, tensor) -> {
          int[] dims = tensor.shape().dims();
          long[] size = java.util.Arrays.stream(dims).asLongStream().toArray();
          String type = STORAGES.get(tensor.type());
          long count = tensor.shape().size();
          out.text(name).tensor(type, key(tensors, name), count, 0, size, tensor.shape().strides());
        });
    return out.setItems().emptyDict().text("_metadata").orderedDict().raw('s', 'b').stop();
  }

  private static String key(Map<String, Tensor> tensors, String name) {
    return Integer.toString(tensors.keySet().stream().toList().indexOf(name));
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.bytes().remaining()];
    tensor.bytes().get(bytes);
    return bytes;
  }

  /** A zip archive of these entries. */
  static byte[] archive(Map<String, byte[]> entries, int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(method);
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        CRC32 crc = new CRC32();
        crc.update(each.getValue());
        entry.setSize(each.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(each.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
