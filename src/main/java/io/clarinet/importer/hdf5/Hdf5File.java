package io.clarinet.importer.hdf5;

import io.clarinet.importer.MappedFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HDF5 file, mapped or in memory. */
public final class Hdf5File {
  private static final Logger LOG = LoggerFactory.getLogger(Hdf5File.class);
  private static final String SIGNATURE = "\u0089HDF\r\n\u001a\n";
  private static final int WIDTH = 8;

  private final Path path;
  private final Bytes bytes;
  private final Map<Long, Hdf5Group> groups = new HashMap<>();

  private boolean told;

  private Hdf5File(Path path, Bytes bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /**
   * The root of a file, which must not change as long as anything read from it is used.
   *
   * @throws ModelFormatException if it cannot be read, or is no HDF5 file
   */
  public static Hdf5Group open(Path path) {
    return of(path, MappedFile.map(path, "an HDF5 file larger than 2 GB is not supported"));
  }

  /**
   * As {@link #open}, of a file that is in memory, from position to limit.
   *
   * @param name what errors call it
   */
  public static Hdf5Group of(Path name, ByteBuffer bytes) {
    Hdf5File file = new Hdf5File(name, new Bytes(bytes.slice()));
    return file.guarded("no sound HDF5 file", () -> file.group("/", file.root()));
  }

  /** The address of the root group, from the superblock (section II.A of the specification). */
  private long root() {
    bytes.requireSignature(0, SIGNATURE);
    int version = bytes.u8(8);
    boolean old = version < 2;
    if (version > 3 || bytes.u8(old ? 13 : 9) != WIDTH || bytes.u8(old ? 14 : 10) != WIDTH) {
      throw new IllegalArgumentException("a superblock of form " + version);
    }
    return bytes.i64(version == 0 ? 64 : version == 1 ? 68 : 36);
  }

  Hdf5Group group(String name, long at) {
    return groups.computeIfAbsent(
        at, address -> new Hdf5Group(this, name, ObjectHeader.read(bytes, address)));
  }

  Bytes bytes() {
    return bytes;
  }

  /** The reader's result; its faults name the file. */
  <T> T guarded(String where, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ModelFormatException.invalid(path, where + ": " + e.getMessage(), e);
    }
  }

  /** The numbers; says once of a file that they lose digits. */
  Constant told(Constant numbers) {
    boolean narrowed =
        numbers instanceof Converted converted && converted.source().type() == ElementType.FLOAT64;
    if (narrowed && !told) {
      told = true;
      LOG.warn("{}: its float64 numbers are computed with as float32", path);
    }
    return numbers;
  }

  ModelFormatException fault(String reason) {
    return ModelFormatException.invalid(path, reason, null);
  }
}
