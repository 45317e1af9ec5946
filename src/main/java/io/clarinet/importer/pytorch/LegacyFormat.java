package io.clarinet.importer.pytorch;

import io.clarinet.importer.pytorch.PickleValues.Dictionary;
import io.clarinet.importer.pytorch.PickleValues.Storage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The format of {@code torch.save} before PyTorch 1.6: a magic number, a protocol version, facts of
 * the machine, the object and the keys of its storages, each a pickle; then the storages, each a
 * count and its elements.
 */
final class LegacyFormat {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private final ByteBuffer file;
  private final Map<String, Long> offsets = new HashMap<>();

  private LegacyFormat(ByteBuffer file) {
    this.file = file;
  }

  static Saved read(ByteBuffer bytes) throws IOException {
    return new LegacyFormat(bytes.slice().order(ByteOrder.LITTLE_ENDIAN)).read();
  }

  private Saved read() throws IOException {
    if (!MAGIC.equals(Pickle.read(file))) {
      throw new IOException("a pickle that torch.save did not write");
    }
    if (!Long.valueOf(PROTOCOL).equals(Pickle.read(file))) {
      throw new IOException("of an unknown version; load it in PyTorch and save it again");
    }
    Dictionary machine = PickleValues.as(Dictionary.class, Pickle.read(file));
    if (!Boolean.TRUE.equals(machine.entries.get("little_endian"))) {
      throw new IOException("saved on a machine of another byte order; save it on a little-endian");
    }
    Map<String, Storage> storages = new HashMap<>();
    Object saved = Pickle.read(file, storages);
    locate(PickleValues.sequence(Pickle.read(file)), storages);
    return new Saved(saved, this::storage);
  }

  /** Finds where each storage begins; only its type says how long it is. */
  private void locate(List<Object> keys, Map<String, Storage> storages) throws IOException {
    Set<String> seen = new HashSet<>();
    for (Object each : keys) {
      String key = PickleValues.text(each);
      Storage storage = storages.get(key);
      if (storage == null || !seen.add(key)) {
        throw new IOException("storage \"" + key + "\" belongs to no tensor, or is there twice");
      }
      skip(key, storage);
    }
  }

  private void skip(String key, Storage storage) throws IOException {
    long bytes = storage.count() * storage.type().storage().bytes();
    if (file.remaining() - Long.BYTES < bytes || file.getLong() != storage.count()) {
      throw new IOException(
          "storage \"" + key + "\" is cut short, or not of " + storage.count() + " elements");
    }
    offsets.put(key, (long) file.position());
    file.position(file.position() + (int) bytes);
  }

  private ByteBuffer storage(Storage storage) throws IOException {
    Long offset = offsets.get(storage.key());
    if (offset == null) {
      throw new IOException("storage \"" + storage.key() + "\" is not in the file");
    }
    int bytes = (int) storage.count() * storage.type().storage().bytes();
    return file.slice(Math.toIntExact(offset), bytes);
  }
}
