package io.clarinet.importer.safetensors;

import io.clarinet.importer.MappedFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file: an 8-byte little-endian header length, a JSON header, the tensors. The file
 * is mapped; float32 tensors are views of it, the other floating-point types are widened when read.
 */
public final class SafetensorsFile {
  private static final int MAX_HEADER = 16 << 20;

  private final Path path;
  private final Map<String, String> metadata;
  private final Map<String, Constant> tensors = new LinkedHashMap<>();

  private SafetensorsFile(Path path, Header header, ByteBuffer data) {
    this.path = path;
    this.metadata = Map.copyOf(header.metadata());
    header.tensors().forEach((name, entry) -> tensors.put(name, constant(entry, data)));
  }

  /**
   * Maps a file and checks its header.
   *
   * @throws ModelFormatException if it is missing, no safetensors file, or lies about its sizes
   */
  public static SafetensorsFile open(Path path) {
    return of(path, MappedFile.map(path));
  }

  /**
   * A file that is in memory already, from position to limit; its tensors are views of the bytes.
   *
   * @param name its name in errors
   * @throws ModelFormatException if it is no safetensors file, or lies about its sizes
   */
  public static SafetensorsFile of(Path name, ByteBuffer bytes) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new ModelFormatException(Kind.UNSUPPORTED, name, "needs a little-endian machine");
    }
    try {
      return read(name, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException e) {
      throw new ModelFormatException(Kind.INVALID, name, String.valueOf(e.getMessage()), e);
    }
  }

  private static SafetensorsFile read(Path path, ByteBuffer file) throws IOException {
    if (file.limit() < Long.BYTES) {
      throw new IOException("too short for a safetensors file (" + file.limit() + " bytes)");
    }
    long length = file.getLong(0);
    if (length < 2 || length > MAX_HEADER || length > file.limit() - Long.BYTES) {
      throw new IOException(
          "not a safetensors file: its header would be " + length + " bytes long");
    }
    byte[] json = new byte[(int) length];
    file.get(Long.BYTES, json);
    int start = Long.BYTES + json.length;
    ByteBuffer data = file.slice(start, file.limit() - start);
    return new SafetensorsFile(path, Header.parse(path, json, data.limit()), data);
  }

  /** The file's path, or its name for errors. */
  public Path path() {
    return path;
  }

  /** The strings that the file says of itself. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Every tensor by name, in the file's order; floating-point values as float32. */
  public Map<String, Constant> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  private static Constant constant(Header.Entry entry, ByteBuffer data) {
    int begin = (int) entry.begin();
    int length = (int) (entry.end() - entry.begin());
    ElementType type = entry.type();
    Shape shape = entry.shape();
    ByteBuffer bytes = data.slice(begin, length).order(ByteOrder.LITTLE_ENDIAN);
    Tensor stored = Tensor.wrap(type, shape, bytes);
    return type.isFloatingPoint() ? Converted.of(stored, ElementType.FLOAT32) : stored;
  }
}
