package io.clarinet.backend.opencl;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JVM's signal handlers, which PoCL before 4.0 replaces when asked for its devices unless the
 * JDK's libjsig was loaded first.
 */
final class JvmSignals {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private JvmSignals() {}

  /** The remedy for a missing libjsig, as one sentence. */
  static String remedy() {
    return "start Java with LD_PRELOAD="
        + Path.of(System.getProperty("java.home"), "lib", "libjsig.so")
        + " (the clarinet launcher does), or use Java 22 or newer, or PoCL 4.0 or newer";
  }

  /** Whether drivers that install signal handlers leave the JVM's working. */
  static boolean areProtected() {
    if (OperatingSystem.CURRENT == OperatingSystem.WINDOWS) {
      return true;
    }
    try {
      return new String(Files.readAllBytes(MAPS), StandardCharsets.ISO_8859_1).contains("libjsig");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether integer division by zero still throws, as the language demands. */
  static boolean divisionByZeroThrows() {
    int zero = Integer.getInteger("no.such.property", 0);
    try {
      return Integer.toString(1 / zero).isEmpty();
    } catch (ArithmeticException expected) {
      return true;
    }
  }
}
