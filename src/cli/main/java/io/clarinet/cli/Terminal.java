package io.clarinet.cli;

import io.clarinet.file.OperatingSystem;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * What one of our streams leads to. Escape sequences are written here and nowhere else.
 *
 * @param present whether people look at it; a pipe or a file gets everything, however wide
 * @param colour whether they see it in colour
 * @param columns its width, asked at the first table
 */
record Terminal(boolean present, boolean colour, IntSupplier columns) {
  /** A pipe or a file. */
  static final Terminal NONE = new Terminal(false, false, () -> Integer.MAX_VALUE);

  private static final String ESCAPE = "\u001b[";
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int LEAST_COLUMNS = 20;

  /** What stands out from the text around it. */
  enum Style {
    TITLE("1"),
    FAINT("2"),
    GOOD("32"),
    BAD("31"),
    WARNING("33"),
    PLAIN("");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  /** What a descriptor of this process leads to. */
  static Terminal of(int descriptor, Map<String, String> environment) {
    return of(isTerminal(descriptor), environment);
  }

  /**
   * As the environment wants it: {@code NO_COLOR} (no-color.org) outdoes {@code CLICOLOR_FORCE} and
   * {@code FORCE_COLOR}, which colour pipes too; {@code CLICOLOR=0} and {@code TERM=dumb} are
   * plain.
   */
  static Terminal of(boolean terminal, Map<String, String> environment) {
    boolean colour =
        !isSet(environment, "NO_COLOR")
            && (isOn(environment, "CLICOLOR_FORCE")
                || isOn(environment, "FORCE_COLOR")
                || (terminal && showsColour(environment)));
    return new Terminal(terminal, colour, terminal ? () -> columns(environment) : NONE.columns);
  }

  private static boolean showsColour(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "dumb");
    return !"0".equals(environment.get("CLICOLOR"))
        && (!term.equals("dumb") || isSet(environment, "WT_SESSION"));
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  private static boolean isOn(Map<String, String> environment, String name) {
    return isSet(environment, name) && !"0".equals(environment.get(name));
  }

  /** {@code COLUMNS}, else as the system knows it; picocli asks it in the way of each. */
  private static int columns(Map<String, String> environment) {
    String given = environment.getOrDefault("COLUMNS", "");
    int columns =
        given.matches("[1-9]\\d{0,4}")
            ? Integer.parseInt(given)
            : CommandLine.Model.CommandSpec.create().usageMessage().autoWidth(true).width();
    return Math.max(LEAST_COLUMNS, columns);
  }

  /**
   * Whether a descriptor is a terminal's, by its link where there is {@code /proc}; elsewhere all
   * are, or none, as Java's console is.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(DESCRIPTORS.resolve("" + descriptor)).toString();
      return target.matches("/dev/(pts/\\d+|tty\\w*|console)");
    } catch (IOException | UnsupportedOperationException e) {
      return isConsole();
    }
  }

  /** From Java 22 on there may be a console that is no terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isConsole() {
    Console console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The encoding of a stream, by its name in Java's properties. */
  Charset charset(String stream) {
    return present && OperatingSystem.CURRENT == OperatingSystem.WINDOWS
        ? charset(stream, System::getProperty)
        : StandardCharsets.UTF_8;
  }

  /** A console of Windows has an encoding of its own, which Java before 19 names otherwise. */
  static Charset charset(String stream, UnaryOperator<@Nullable String> property) {
    return Stream.of(stream + ".encoding", "sun." + stream + ".encoding")
        .flatMap(name -> Stream.ofNullable(property.apply(name)))
        .filter(Charset::isSupported)
        .findFirst()
        .map(Charset::forName)
        .orElse(StandardCharsets.UTF_8);
  }

  int width() {
    return columns.getAsInt();
  }

  /** The text, so that it stands out where colours are seen. */
  String styled(Style style, String text) {
    return colour && style != Style.PLAIN && !text.isEmpty()
        ? ESCAPE + style.code + "m" + text + ESCAPE + "0m"
        : text;
  }
}
