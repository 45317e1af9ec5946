package io.clarinet.backend.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jocl.CL;

/**
 * Loads the binding's native part as a guest should: no property stays set, no file is left. The
 * binding unpacks it to a temporary file, by default under one name for all processes.
 */
final class Binding {
  private static final String UNIQUE_NAMES = "uniqueLibraryNames";
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Pattern UNPACKED =
      Pattern.compile("/.*/libJOCL_\\w+-linux-\\w+-[0-9a-f-]{36}\\.so$", Pattern.MULTILINE);

  private static final Pattern EXCEPTION = Pattern.compile("(?m)^[\\w.]+(Exception|Error): (.+)$");

  static final String COMPLETE = "JOCL logs through it: jlink --add-modules java.logging,...";

  private Binding() {}

  /** Whether the runtime, which may be a jlinked one, has what JOCL is linked to. */
  static boolean isComplete() {
    return ClassLoader.getSystemResource("java/util/logging/Logger.class") != null;
  }

  /**
   * Loads it, once.
   *
   * @throws LinkageError if it cannot be unpacked or linked
   */
  static void load() {
    String before = System.getProperty(UNIQUE_NAMES);
    System.setProperty(UNIQUE_NAMES, "true");
    try {
      CL.stringFor_errorCode(CL.CL_SUCCESS);
    } finally {
      if (before == null) {
        System.clearProperty(UNIQUE_NAMES);
      } else {
        System.setProperty(UNIQUE_NAMES, before);
      }
    }
    removeUnpacked();
  }

  /** Deletes the unpacked library files: mapped ones stay mapped without their names. */
  private static void removeUnpacked() {
    try {
      Matcher file = UNPACKED.matcher(Files.readString(MAPS, StandardCharsets.UTF_8));
      while (file.find()) {
        Files.deleteIfExists(Path.of(file.group()));
      }
    } catch (IOException | InvalidPathException e) {
      // no such list, or a name that Java cannot say: the file stays
    }
  }

  /** The last of the exceptions whose traces the binding's own message is made of, in one line. */
  static String reason(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return EXCEPTION
        .matcher(message)
        .results()
        .reduce((first, last) -> last)
        .map(last -> last.group(2))
        .orElse(e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse(""));
  }
}
