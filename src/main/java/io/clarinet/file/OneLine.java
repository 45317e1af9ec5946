package io.clarinet.file;

import java.util.regex.Pattern;

/** Text that others wrote, made fit for one line of a terminal. */
public final class OneLine {
  private static final Pattern BREAKS = Pattern.compile("\\s*\\R\\s*");

  /** Controls, and what reverses the direction of the text that follows. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");

  private OneLine() {}

  /** The text, with a blank for each line break, and {@code ?} for what would steer a terminal. */
  public static String of(String text) {
    String line = BREAKS.matcher(text.strip()).replaceAll(" ");
    return CONTROLS.matcher(line).replaceAll("?");
  }
}
