package io.clarinet.backend.opencl;

import io.clarinet.file.OperatingSystem;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jocl.CL;
import org.slf4j.Logger;

/** The files of the OpenCL installation, found without loading any of them. */
public final class OpenClFiles {
  private OpenClFiles() {}

  /** The library, where the system is Linux and has one. */
  public static Optional<Path> library() {
    return LoaderLibrary.find();
  }

  /** The names of driver files, each with the library that it names; none but on Linux. */
  public static Map<String, String> drivers() {
    return DriverFiles.listed(System.getenv());
  }

  /** PoCL's folder for what it compiles, by its own rules; empty where Java cannot name it. */
  public static Optional<Path> poclCache() {
    return PoclCache.folder(OperatingSystem.CURRENT, System.getenv());
  }

  /**
   * The class path of a JVM that runs plans on OpenCL devices: this library's jar or folder and
   * those that it needs; empty where they do not lie as files.
   */
  public static List<Path> classPath() {
    return Stream.of(OpenClFiles.class, CL.class, Logger.class)
        .map(OpenClFiles::file)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static Optional<Path> file(Class<?> of) {
    try {
      CodeSource source = of.getProtectionDomain().getCodeSource();
      URL place = source == null ? null : source.getLocation();
      return place != null && place.getProtocol().equals("file")
          ? Optional.of(Path.of(place.toURI()))
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Whether drivers that install signal handlers leave this JVM's working. */
  public static boolean signalsProtected() {
    return JvmSignals.areProtected();
  }

  /** What to do where they do not, as one sentence. */
  public static String signalsRemedy() {
    return JvmSignals.remedy();
  }

  /** What to do where there is no driver, as one sentence. */
  public static String install() {
    return OpenCl.INSTALL;
  }
}
