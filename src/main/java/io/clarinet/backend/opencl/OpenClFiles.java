package io.clarinet.backend.opencl;

import io.clarinet.file.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
