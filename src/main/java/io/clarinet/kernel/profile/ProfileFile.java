package io.clarinet.kernel.profile;

import io.clarinet.file.AtomicFile;
import io.clarinet.file.FileException;
import io.clarinet.file.RegularFile;
import io.clarinet.kernel.DeviceProfile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;

/**
 * A device profile as a JSON file has it.
 *
 * @param sources where its figures come from, for people: data sheets, or the machine
 */
public record ProfileFile(List<String> sources, DeviceProfile device) {
  private static final int MAX_BYTES = 1 << 18;

  public ProfileFile {
    sources = List.copyOf(sources);
  }

  /**
   * Reads a file; every key that it may have it must have.
   *
   * @throws FileException naming the file, the key and what is wrong with it
   */
  public static ProfileFile read(Path file) throws FileException {
    byte[] bytes =
        RegularFile.read(
            file, channel -> Channels.newInputStream(channel).readNBytes(MAX_BYTES + 1));
    if (bytes.length > MAX_BYTES) {
      throw FileException.invalid(
          file, "it has more than " + MAX_BYTES + " bytes, so it is no device profile", null);
    }
    try {
      return parse(bytes);
    } catch (IOException e) {
      throw FileException.invalid(file, FileException.reason(e), e);
    }
  }

  /**
   * The profile in these bytes.
   *
   * @throws IOException saying which key is wrong, and how
   */
  static ProfileFile parse(byte[] json) throws IOException {
    Fields fields = Fields.parse(json);
    ProfileFile read = ProfileKeys.read(fields);
    fields.requireAllRead();
    return read;
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @throws IOException naming the file and the reason
   */
  public void write(Path file) throws IOException {
    byte[] text = ProfileKeys.write(this);
    AtomicFile.write(file, out -> out.write(text));
  }
}
