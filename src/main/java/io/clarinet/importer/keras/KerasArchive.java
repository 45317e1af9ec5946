package io.clarinet.importer.keras;

import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.importer.hdf5.Hdf5File;
import io.clarinet.importer.zip.Archive;
import io.clarinet.importer.zip.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keras 3's archive: a zip of {@code config.json}, {@code metadata.json} and {@code
 * model.weights.h5}. Nothing of it is written to disk or executed; weights that are stored as they
 * are, as Keras stores them, stay in the mapped file.
 */
final class KerasArchive {
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final String REMEDY = "; save it anew by Keras: model.save(\"model.keras\")";

  /** Bytes that a text may have in a small file, more than those of any network of Keras. */
  private static final int SMALL_TEXT = 2 << 20;

  /** Weights that unpack to more than this, and to so many times their size, are none. */
  private static final long SMALL_WEIGHTS = 48 << 20;

  private static final int MOST_RATIO = 100;

  private final Path file;
  private final Archive archive;
  private final int bytes;

  private KerasArchive(Path file, Archive archive, int bytes) {
    this.file = file;
    this.archive = archive;
    this.bytes = bytes;
  }

  /**
   * What an archive holds.
   *
   * @throws ModelFormatException if it is broken, not Keras's, or larger inside than allowed
   */
  static SavedNetwork read(Path file, ByteBuffer bytes, Limits limits) {
    try {
      return new KerasArchive(file, Archive.read(bytes), bytes.remaining()).read(limits);
    } catch (IOException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    } catch (OutOfMemoryError e) {
      throw new ModelFormatException(
          Kind.MEMORY, file, "no memory is left to unpack its weights; pack them as they are", e);
    }
  }

  private SavedNetwork read(Limits limits) throws IOException {
    Map<?, ?> config = json(CONFIG);
    Map<?, ?> metadata = archive.find(METADATA) == null ? Map.of() : json(METADATA);
    Map<String, String> origin = new LinkedHashMap<>();
    if (metadata.get("keras_version") instanceof String version) {
      origin.put("keras", version);
    }
    return new SavedNetwork("an archive", config, origin, Hdf5File.of(file, weights(limits)));
  }

  private Map<?, ?> json(String name) throws IOException {
    ByteBuffer text = entry(name).unpacked(Math.max(SMALL_TEXT, bytes));
    try {
      return Json.object(StandardCharsets.UTF_8.decode(text).toString(), bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  private ByteBuffer weights(Limits limits) throws IOException {
    if (archive.find(WEIGHTS) == null && archive.find("model.weights.npz") != null) {
      throw ModelFormatException.unsupported(
          file, "its weights are a model.weights.npz, which is not supported" + REMEDY, List.of());
    }
    if (archive.find(WEIGHTS) == null && archive.find("model.weights.json") != null) {
      throw ModelFormatException.unsupported(
          file, "its weights are split over several files; save it as one", List.of());
    }
    Entry entry = entry(WEIGHTS);
    if (entry.isStored()) {
      return entry.packed();
    }
    limits.require(file, entry.size());
    return entry.unpacked(Math.max(SMALL_WEIGHTS, (long) MOST_RATIO * entry.packed().remaining()));
  }

  private Entry entry(String name) throws IOException {
    Entry found = archive.find(name);
    if (found == null) {
      throw new IOException("the archive is not Keras's, or a part: it has no " + name + REMEDY);
    }
    return found;
  }
}
