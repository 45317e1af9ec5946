package io.clarinet.cli.doctor;

import io.clarinet.file.OneLine;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a document of maps, lists and values for people: all that JSON would hold. */
public final class ReportText {
  private static final String BYTES = "_bytes";
  private final PrintWriter out;

  public ReportText(PrintWriter out) {
    this.out = out;
  }

  /** A heading for each entry, and what it holds below. */
  public void print(Map<?, ?> document) {
    document.forEach(
        (name, value) -> {
          if (isEmpty(value)) {
            out.println(name(name) + ": none");
          } else if (value instanceof Map<?, ?> || value instanceof List<?>) {
            out.println(name(name));
            below("  ", value);
          } else {
            out.println(name(name) + ": " + text(String.valueOf(name), value));
          }
        });
  }

  private void below(String indent, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> entry(indent, String.valueOf(key), entry));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> item(indent, item));
    }
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null
        || value.equals("")
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  /** What is empty goes without saying. */
  private void entry(String indent, String key, @Nullable Object value) {
    if (isEmpty(value)) {
      return;
    }
    boolean nested = value instanceof Map<?, ?> || (value instanceof List<?> list && !isFlat(list));
    if (nested) {
      out.println(indent + name(key));
      below(indent + "  ", value);
    } else {
      out.println(indent + name(key) + ": " + text(key, value));
    }
  }

  /** The first entry of an item stands behind a dash, the others below it. */
  private void item(String indent, @Nullable Object item) {
    if (item instanceof Map<?, ?> map) {
      String before = indent + "- ";
      for (Map.Entry<?, ?> each : map.entrySet()) {
        entry(before, String.valueOf(each.getKey()), each.getValue());
        before = indent + "  ";
      }
    } else {
      out.println(indent + "- " + text("", item));
    }
  }

  /** Whether the items are words, which can stand in one line. */
  private static boolean isFlat(List<?> list) {
    return list.stream()
        .noneMatch(
            item ->
                item instanceof Map<?, ?>
                    || item instanceof List<?>
                    || (item instanceof String text && text.contains(" ")));
  }

  private static String name(Object key) {
    String name = OneLine.of(String.valueOf(key));
    return (name.endsWith(BYTES) ? name.substring(0, name.length() - BYTES.length()) : name)
        .replace('_', name.equals(name.toUpperCase(Locale.ROOT)) ? '_' : ' ');
  }

  private static String text(String key, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(each -> text("", each)).collect(Collectors.joining(" "));
    }
    if (value instanceof Number number && key.endsWith(BYTES)) {
      return number.longValue() < 0
          ? "unknown"
          : String.format(Locale.ROOT, "%,.1f MB", number.longValue() / 1e6);
    }
    if (value instanceof Double number) {
      return new BigDecimal(number).round(new MathContext(3)).toPlainString();
    }
    return value instanceof Boolean is ? (is ? "yes" : "no") : OneLine.of(String.valueOf(value));
  }
}
