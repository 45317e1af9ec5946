package io.clarinet.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names of files for values, a different one for each on any file system: what Windows or Linux
 * forbids is written as in an URL ({@code a/b} as {@code a%2Fb}), long names are cut, and names
 * that differ in case or accents alone, which some systems take for the same, get a number. {@code
 * %%} leads the number, since no escaped name contains it.
 */
final class OutputNames {
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}<>:\"/\\\\|?*%]");
  private static final Pattern OTHERS = Pattern.compile("[^\\p{ASCII}]");
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  /** Most file systems allow 255 bytes; some room is left for a number and an extension. */
  private static final int MAX_BYTES = 200;

  private final Set<String> taken = new HashSet<>();

  /** A name, without extension, that no value before got. */
  String fileName(String value) {
    String safe = shortened(nameable(escaped(value)), value);
    String name = safe;
    for (int i = 2; !taken.add(folded(name)); i++) {
      name = safe + "%%" + i;
    }
    return name;
  }

  private static String escaped(String value) {
    String safe = FORBIDDEN.matcher(value).replaceAll(c -> percent(c.group()));
    return DEVICE.matcher(safe).matches()
        ? percent(safe.substring(0, 1)) + safe.substring(1)
        : safe;
  }

  /** The name, percent-encoded beyond ASCII where Java's locale (C) cannot name files otherwise. */
  private static String nameable(String safe) {
    try {
      return Path.of(safe).toString();
    } catch (InvalidPathException e) {
      return OTHERS.matcher(safe).replaceAll(c -> percent(c.group()));
    }
  }

  private static String percent(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      escaped.append(String.format(Locale.ROOT, "%%%02X", b));
    }
    return escaped.toString();
  }

  private static String shortened(String safe, String value) {
    if (bytes(safe) <= MAX_BYTES) {
      return safe;
    }
    int end = safe.length();
    while (bytes(safe.substring(0, end)) > MAX_BYTES) {
      end = safe.offsetByCodePoints(end, -1);
    }
    return safe.substring(0, end)
        + "%%"
        + UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String folded(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
