package io.clarinet.cli.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Names of files as other programs list them. */
public final class NameList {
  private static final Pattern LINES = Pattern.compile("\r?\n");
  private static final Pattern ZEROS = Pattern.compile("\0");

  private NameList() {}

  /** The names, a line each; or, where there is a zero, as {@code find -print0} ends them. */
  public static List<String> read(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    Pattern ends = text.indexOf('\0') >= 0 ? ZEROS : LINES;
    return ends.splitAsStream(text).filter(name -> !name.isEmpty()).toList();
  }
}
