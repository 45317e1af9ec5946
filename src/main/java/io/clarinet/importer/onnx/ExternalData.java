package io.clarinet.importer.onnx;

import io.clarinet.file.FileException;
import io.clarinet.importer.MappedFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.StoredFile;
import io.clarinet.importer.onnx.proto.StringStringEntryProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tensor data in files beside the model. Only files inside the model's folder are read, and inside
 * the one of the file that a link to the model leads to, after all links are resolved.
 */
final class ExternalData {
  private final List<Path> folders;
  private final Map<Path, ByteBuffer> maps = new HashMap<>();
  private final @Nullable StoredFile model;

  private ExternalData(List<Path> folders, @Nullable StoredFile model) {
    this.folders = folders;
    this.model = model;
  }

  /**
   * In the folder of a file; where that is a link, also in the folder that it leads to, as the
   * caches of model hubs are laid out.
   */
  static ExternalData beside(Path file) {
    return beside(file, null);
  }

  /** As {@link #beside(Path)}, of a model that is open. */
  static ExternalData beside(StoredFile model) {
    return beside(model.path(), model);
  }

  private static ExternalData beside(Path file, @Nullable StoredFile model) {
    try {
      Path link = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder").toRealPath();
      Path target = Objects.requireNonNull(file.toRealPath().getParent(), "folder");
      return new ExternalData(link.equals(target) ? List.of(link) : List.of(link, target), model);
    } catch (IOException e) {
      throw ModelFormatException.of(FileException.reading(file, e));
    }
  }

  /** Nowhere: the model is in memory, and no file of its own. */
  static ExternalData none() {
    return new ExternalData(List.of(), null);
  }

  /** How a part of the model's own file is read, other than by its view. */
  @Nullable Consumer<ByteBuffer> reading(ByteBuffer part) {
    return model == null ? null : model.reading(part);
  }

  /** The bytes that the entries (location, offset, length) name, mapped. */
  ByteBuffer map(List<StringStringEntryProto> entries, long needed) throws IOException {
    Map<String, String> values = new HashMap<>();
    entries.forEach(e -> values.put(e.key(), e.value()));
    long offset = number(values.getOrDefault("offset", "0"));
    long length = number(values.getOrDefault("length", Long.toString(needed)));
    if (length != needed) {
      throw new IllegalArgumentException(
          "external data of " + length + " bytes, where the shape needs " + needed);
    }
    String location = values.getOrDefault("location", "");
    Path file = resolve(location);
    if (offset < 0 || offset > Files.size(file) - needed) {
      throw new IllegalArgumentException(
          "external data at " + offset + ", " + needed + " bytes, lie outside of " + location);
    }
    return needed > Integer.MAX_VALUE ? tooLarge(needed) : slice(file, offset, (int) needed);
  }

  private static ByteBuffer tooLarge(long bytes) {
    throw new IllegalArgumentException("one tensor holds at most 2 GB, not " + bytes + " bytes");
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "external data at \"" + text + "\", which is no number", e);
    }
  }

  private Path resolve(String location) throws IOException {
    if (folders.isEmpty()) {
      throw new IllegalArgumentException(
          "its data lie beside the model's file, in \"%s\": load the model from its file"
              .formatted(location));
    }
    try {
      for (Path folder : folders) {
        Path file = folder.resolve(location);
        if (!file.normalize().startsWith(folder)) {
          throw outside(location); // untouched: it may be another machine's
        }
        if (Files.isRegularFile(file)) {
          return inside(file.toRealPath(), location);
        }
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("external data \"" + location + "\" are no file name", e);
    }
    throw new IllegalArgumentException(
        "external data \"" + location + "\" are missing; put that file beside the model");
  }

  private Path inside(Path file, String location) {
    if (folders.stream().noneMatch(file::startsWith)) {
      throw outside(location);
    }
    return file;
  }

  private static IllegalArgumentException outside(String location) {
    return new IllegalArgumentException(
        "external data \"" + location + "\" lie outside of the model's folder");
  }

  /** A part of the file's one map, or a map of its own where the file is too large for one. */
  private ByteBuffer slice(Path file, long offset, int length) throws IOException {
    long size = Files.size(file);
    if (size > Integer.MAX_VALUE) {
      return MappedFile.map(file, offset, length);
    }
    ByteBuffer whole = maps.get(file);
    if (whole == null) {
      whole = MappedFile.map(file, 0, size);
      maps.put(file, whole);
    }
    return whole.slice((int) offset, length);
  }
}
