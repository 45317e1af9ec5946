package io.clarinet.file;

/** The families of operating systems whose files, libraries or consoles differ. */
public enum OperatingSystem {
  LINUX,
  MACOS,
  WINDOWS,
  OTHER;

  /** The one that this process runs on. */
  public static final OperatingSystem CURRENT = of(System.getProperty("os.name", ""));

  /** The family by the system property {@code os.name}. */
  static OperatingSystem of(String name) {
    if (name.startsWith("Windows")) {
      return WINDOWS;
    }
    if (name.startsWith("Mac") || name.equals("Darwin")) {
      return MACOS;
    }
    return name.equals("Linux") ? LINUX : OTHER;
  }
}
