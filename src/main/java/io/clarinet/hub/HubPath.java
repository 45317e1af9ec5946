package io.clarinet.hub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names that people and hubs give, checked before they become paths of files or of addresses. */
final class HubPath {
  /** Nothing that separates or steers on any system: no colon, backslash or control. */
  private static final Pattern SEGMENT = Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}]{1,200}");

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int LONGEST = 1000;

  private HubPath() {}

  /** Whether a path stays below where it begins, on every system. */
  static boolean isSafe(String path) {
    if (path.length() > LONGEST) {
      return false;
    }
    for (String segment : path.split("/", -1)) {
      boolean steps = segment.endsWith(".") || segment.endsWith(" "); // Windows drops these ends
      if (steps || !SEGMENT.matcher(segment).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text is a commit in full. */
  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** Whether a text is a SHA-256, or git's SHA-1. */
  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  /** The file of a safe path below a folder. */
  static Path below(Path folder, String path) {
    Path file = folder;
    for (String segment : path.split("/", -1)) {
      file = file.resolve(segment);
    }
    return file;
  }

  /** A path in an address, its separators kept. */
  static String encoded(String path) {
    return encodedWhole(path).replace("%2F", "/");
  }

  /** A path as one segment of an address. */
  static String encodedWhole(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
