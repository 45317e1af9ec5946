package io.clarinet.backend.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files by which an OpenCL loader finds its drivers. Where there are several, ocl-icd, the
 * loader of most Linux distributions, asks each for its devices to sort them, PoCL too.
 */
final class DriverFiles {
  private static final String SORT = "OCL_ICD_PLATFORM_SORT";
  private static final Pattern POCL = Pattern.compile("libpocl(\\.so\\.2\\.(\\d{1,4}))?");

  /** Minor version of PoCL 4.0's library, from which on it leaves signal handlers alone. */
  private static final int POCL_4 = 11;

  private DriverFiles() {}

  /** Whether the loader's first call asks a PoCL for its devices that replaces signal handlers. */
  static boolean loaderAsksPocl(Map<String, String> environment) {
    if ("none".equals(environment.get(SORT)) || !isOclIcd(environment)) {
      return false;
    }
    List<String> drivers = drivers(environment.get("OCL_ICD_VENDORS"));
    return drivers.size() > 1 && drivers.stream().anyMatch(DriverFiles::isOldPocl);
  }

  /** The driver files by name, each with the library that it names. */
  static Map<String, String> listed(Map<String, String> environment) {
    Map<String, String> listed = new TreeMap<>();
    files(environment.get("OCL_ICD_VENDORS"))
        .forEach(file -> listed.put(String.valueOf(file.getFileName()), text(file).strip()));
    return listed;
  }

  private static boolean isOclIcd(Map<String, String> environment) {
    return LoaderLibrary.find(Path.of("/"), environment)
        .filter(library -> text(library).contains(SORT))
        .isPresent();
  }

  private static boolean isOldPocl(String driver) {
    Matcher pocl = POCL.matcher(driver);
    return pocl.find() && (pocl.group(2) == null || Integer.parseInt(pocl.group(2)) < POCL_4);
  }

  /** The library names in the files. */
  private static List<String> drivers(@Nullable String vendors) {
    return files(vendors).stream().map(DriverFiles::text).toList();
  }

  private static List<Path> files(@Nullable String vendors) {
    try (Stream<Path> files =
        Files.list(Path.of(vendors == null ? "/etc/OpenCL/vendors" : vendors))) {
      return files.filter(file -> file.toString().endsWith(".icd")).toList();
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
