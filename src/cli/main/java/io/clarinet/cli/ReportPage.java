package io.clarinet.cli;

import io.clarinet.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page that needs nothing else: a template whose places are filled, and the style of all. */
final class ReportPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final String template;

  /**
   * @param template name of a resource beside this class
   */
  ReportPage(String template) {
    this.template = template;
  }

  /**
   * Writes the page.
   *
   * @param values HTML by the places' names
   */
  void write(Path file, Map<String, String> values) throws IOException {
    String style = resource("report.css");
    String page =
        PLACE
            .matcher(resource(template))
            .replaceAll(place -> Matcher.quoteReplacement(value(place, values, style)));
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static String value(MatchResult place, Map<String, String> values, String style) {
    String name = place.group(1);
    return name.equals("style") ? style : Objects.requireNonNull(values.get(name), name);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A machine's line, and the time. */
  static String subtitle(MachineFacts machine) {
    String date =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")
            .format(ZonedDateTime.now(ZoneId.systemDefault()));
    return machine.summary() + " · " + date;
  }

  /** A machine's facts, as rows of a list. */
  static String facts(MachineFacts machine) {
    StringBuilder facts = new StringBuilder();
    machine
        .all()
        .forEach(
            (k, v) -> facts.append("<dt>%s</dt><dd>%s</dd>%n".formatted(escaped(k), escaped(v))));
    return facts.toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
