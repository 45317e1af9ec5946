package io.clarinet.importer.pytorch;

import io.clarinet.importer.pytorch.PickleValues.Storage;
import io.clarinet.importer.zip.Archive;
import io.clarinet.importer.zip.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The format of {@code torch.save} since PyTorch 1.6: an archive of a pickle and its storages. */
final class ZipFormat {
  private static final String PICKLE = "/data.pkl";
  private static final int MAX_ORDER = 16;
  private final Archive archive;
  private final String folder;

  private ZipFormat(Archive archive, String folder) {
    this.archive = archive;
    this.folder = folder;
  }

  static Saved read(ByteBuffer file) throws IOException {
    Archive archive = Archive.read(file);
    requireStored(archive);
    for (String name : archive.entries().keySet()) {
      if (name.endsWith(PICKLE)) {
        String folder = name.substring(0, name.length() - PICKLE.length());
        return new ZipFormat(archive, folder).read();
      }
    }
    throw new IOException("an archive that PyTorch did not write: it holds no data.pkl");
  }

  /** Nothing is larger inside of an archive than outside. */
  private static void requireStored(Archive archive) throws IOException {
    for (Entry entry : archive.entries().values()) {
      if (!entry.isStored()) {
        throw new IOException(
            "entry \"%s\" is compressed; PyTorch stores entries as they are: pack it so"
                .formatted(entry.name()));
      }
    }
  }

  private Saved read() throws IOException {
    ByteBuffer order = entry("byteorder");
    if (order != null && !text(order).strip().equals("little")) {
      throw new IOException("saved on a machine of another byte order; save it on a little-endian");
    }
    ByteBuffer pickle = entry("data.pkl");
    if (pickle == null) {
      throw new IOException("the archive holds no data.pkl");
    }
    Object value = Pickle.read(pickle);
    boolean script = entry("constants.pkl") != null;
    return new Saved(script ? ScriptModule.flattened(value) : value, this::storage);
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[Math.min(MAX_ORDER, bytes.remaining())];
    bytes.get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private @Nullable ByteBuffer entry(String name) {
    Entry found = archive.find(folder + "/" + name);
    return found == null ? null : found.packed();
  }

  private ByteBuffer storage(Storage storage) throws IOException {
    ByteBuffer bytes = entry("data/" + storage.key());
    if (bytes == null) {
      throw new IOException("storage \"" + storage.key() + "\" is not in the archive");
    }
    long needed = storage.count() * storage.type().storage().bytes();
    if (bytes.remaining() < needed) {
      throw new IOException(
          "storage \"%s\" needs %d bytes and has %d"
              .formatted(storage.key(), needed, bytes.remaining()));
    }
    return bytes.slice(0, (int) needed);
  }
}
