package io.clarinet.diagnosis;

import io.clarinet.backend.opencl.OpenClFiles;
import io.clarinet.kernel.jvm.JvmKernels;
import java.nio.file.Path;
import java.util.Map;

/** What is installed, found without loading a driver. */
public final class Installation {
  private Installation() {}

  /** The file of the OpenCL library; empty where there is none, or the system is not Linux. */
  public static String openClLibrary() {
    return OpenClFiles.library().map(Path::toString).orElse("");
  }

  /** The names of the drivers' files, each with the library that it names; Linux only. */
  public static Map<String, String> driverFiles() {
    return OpenClFiles.drivers();
  }

  /** Floats of a vector where this JVM has the Vector API; 0 where it has not. */
  public static int vectorFloats() {
    return JvmKernels.vectorFloats();
  }

  /** Whether drivers that install signal handlers leave this JVM's working. */
  public static boolean signalsProtected() {
    return OpenClFiles.signalsProtected();
  }

  /** What to do where they do not, as one sentence. */
  public static String signalsRemedy() {
    return OpenClFiles.signalsRemedy();
  }

  /** What to do where there is no driver, as one sentence. */
  public static String driverRemedy() {
    return OpenClFiles.install();
  }
}
