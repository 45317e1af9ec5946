package io.clarinet.importer.pytorch;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.MappedFile;
import io.clarinet.importer.ModelConfig;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.ZooImport;
import io.clarinet.importer.zip.Archive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/**
 * State dictionaries that {@code torch.save} wrote, in either of its formats. The file is mapped;
 * float32 tensors are views of it, the other floating-point types are widened when read.
 */
public final class PyTorchFile {
  private PyTorchFile() {}

  /**
   * The graph of a file, as {@link ZooImport} finds it, with what timm's configuration beside it
   * says.
   *
   * @throws ModelFormatException if the file is unsound, holds anything but tensors, or they are
   *     not the architecture's
   */
  public static Graph read(Path path, ImportOptions options) {
    return ZooImport.read(ModelConfig.completed(open(path)), options);
  }

  /**
   * Maps a file and finds its tensors.
   *
   * @throws ModelFormatException if it is missing, unsound, or holds anything but tensors
   */
  public static StateDictionary open(Path path) {
    return of(path, MappedFile.map(path));
  }

  /**
   * A file that is in memory already, from position to limit; its tensors are views of the bytes.
   *
   * @param name its name in errors
   * @throws ModelFormatException if it is unsound, or holds anything but tensors
   */
  public static StateDictionary of(Path name, ByteBuffer bytes) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new ModelFormatException(Kind.UNSUPPORTED, name, "needs a little-endian machine");
    }
    try {
      Saved saved = Archive.isOne(bytes) ? ZipFormat.read(bytes) : LegacyFormat.read(bytes);
      return new StateDictionary(name, saved.tensors(), Map.of());
    } catch (RefusedException e) {
      throw new ModelFormatException(Kind.UNSUPPORTED, name, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ModelFormatException(Kind.INVALID, name, String.valueOf(e.getMessage()), e);
    }
  }
}
