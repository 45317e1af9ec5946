package io.clarinet.kernel.profile;

import io.clarinet.file.FileException;
import io.clarinet.file.NearNames;
import io.clarinet.file.RegularFile;
import io.clarinet.kernel.DeviceProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The profiles of known GPUs, from their data sheets; nothing in them was measured. */
public final class ShippedProfiles {
  private static final String FOLDER = "/io/clarinet/devices/";

  private static final List<String> NAMES =
      List.of(
          "h100",
          "a100",
          "rtx3090",
          "rtx4060",
          "rx7900xtx",
          "mi250x",
          "iris-xe",
          "uhd630",
          "m1",
          "mali-g78",
          "adreno740");

  private ShippedProfiles() {}

  /** Their names, the fastest devices of a vendor first. */
  public static List<String> names() {
    return NAMES;
  }

  /** The profile of this name, in which case, blanks and hyphens do not matter. */
  public static Optional<DeviceProfile> find(String name) {
    return NAMES.stream()
        .filter(known -> comparable(known).equals(comparable(name)))
        .findFirst()
        .map(known -> file(known).device());
  }

  /**
   * The shipped profile of this name, else that in a file.
   *
   * @throws FileException naming the file and what is wrong with it; where there is no such file
   *     either, with the names that are near
   */
  public static DeviceProfile of(String nameOrFile) throws FileException {
    Optional<DeviceProfile> shipped = find(nameOrFile);
    if (shipped.isPresent()) {
      return shipped.get();
    }
    Path file = Path.of(nameOrFile);
    if (file.getNameCount() > 1 || RegularFile.exists(nameOrFile)) {
      return ProfileFile.read(file).device();
    }
    String reason = "no such file, and " + missing(nameOrFile);
    throw FileException.reading(file, new NoSuchFileException(nameOrFile, null, reason));
  }

  /** Why {@link #find} finds nothing: a clause with the names that are near, else with all. */
  static String missing(String name) {
    String near = NearNames.text(name, NAMES);
    return "no device profile is called \""
        + name
        + "\""
        + (near.isEmpty() ? ", only " + NAMES : near);
  }

  private static String comparable(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
  }

  static ProfileFile file(String name) {
    String resource = FOLDER + name + ".json";
    try (InputStream in = ShippedProfiles.class.getResourceAsStream(resource)) {
      return ProfileFile.parse(Objects.requireNonNull(in, resource).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
