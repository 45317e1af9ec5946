package io.clarinet.cli;

import io.clarinet.file.OneLine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what {@code info} tells for people, from its document. */
final class InfoText {
  private static final int MOST_KINDS = 30;
  private static final int LONGEST = 100;

  /** Columns before a text. */
  private static final int INDENT = 18;

  private final PrintWriter out;
  private final int width;

  InfoText(Console console) {
    this.out = console.text();
    this.width = console.terminal().width();
  }

  void print(ModelFacts facts) {
    Map<String, Object> all = facts.document();
    String origin = origin(map(all.get("origin")));
    out.println(OneLine.of(all.get("model") + ": " + all.get("format") + origin));
    list(all.get("inputs")).forEach(input -> line("input", value(map(input))));
    list(all.get("outputs")).forEach(output -> line("output", value(map(output))));
    line("parameters", parameters(all));
    if (all.containsKey("multiply_adds")) {
      line("multiply-adds", number(all.get("multiply_adds")) + " at " + shapes(all));
    }
    if (all.get("memory") instanceof Map<?, ?> memory) {
      line("memory", memory(memory));
    }
    if (all.get("labels") instanceof Map<?, ?> labels) {
      line("labels", labels(labels));
    }
    for (String name : List.of("scores", "preprocess", "preprocess_from", "no_classifier")) {
      if (all.get(name) instanceof String text) {
        line(name.replace('_', ' '), text);
      }
    }
    line("operators", operators(map(all.get("operators"))));
    list(all.get("unsupported")).forEach(part -> unsupported(map(part)));
    list(all.get("warnings")).forEach(warning -> line("warning", String.valueOf(warning)));
  }

  /** A text beside its name, broken between words where the terminal ends. */
  private void line(String name, String text) {
    String beside = name;
    for (String part : Table.wrapped(OneLine.of(text), width - INDENT)) {
      out.printf("  %-15s %s%n", beside, part);
      beside = "";
    }
  }

  private static Map<?, ?> map(@Nullable Object json) {
    return json instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object json) {
    return json instanceof List<?> list ? list : List.of();
  }

  private static String origin(Map<?, ?> origin) {
    return origin.entrySet().stream()
        .map(e -> ", " + e.getKey() + " " + shortened(e.getValue()))
        .collect(Collectors.joining());
  }

  private static String value(Map<?, ?> value) {
    Object shape = value.get("shape");
    String type = value.get("type") == null ? "" : String.valueOf(value.get("type"));
    return shortened(value.get("name"))
        + (type.isEmpty() ? "" : ": " + type)
        + (shape == null ? "" : " " + joined(list(shape)));
  }

  private static String joined(List<?> extents) {
    return extents.stream().map(InfoText::shortened).collect(Collectors.joining("x"));
  }

  private static String shapes(Map<String, Object> all) {
    return list(all.get("input_shapes")).stream()
        .map(shape -> joined(list(shape)))
        .collect(Collectors.joining(", "));
  }

  private static String parameters(Map<String, Object> all) {
    String text =
        number(all.get("parameters")) + " (" + megabytes(all.get("parameter_bytes")) + ")";
    return whole(all.get("statistics")) == 0
        ? text
        : text + ", of them " + number(all.get("statistics")) + " means and variances";
  }

  private static long whole(@Nullable Object number) {
    return number instanceof Number n ? n.longValue() : 0;
  }

  private static String number(@Nullable Object number) {
    return String.format(Locale.ROOT, "%,d", whole(number));
  }

  private static String megabytes(@Nullable Object bytes) {
    return String.format(Locale.ROOT, "%.1f MB", whole(bytes) / 1e6);
  }

  private static String memory(Map<?, ?> memory) {
    return "%s of weights, %s of values on %s"
        .formatted(
            megabytes(memory.get("weight_bytes")),
            megabytes(memory.get("value_bytes")),
            memory.get("device"));
  }

  private static String labels(Map<?, ?> labels) {
    String first =
        list(labels.get("first")).stream()
            .map(InfoText::shortened)
            .collect(Collectors.joining(", "));
    return "%s: %s%s (%s)"
        .formatted(
            labels.get("count"),
            first,
            whole(labels.get("count")) > list(labels.get("first")).size() ? ", …" : "",
            labels.get("from"));
  }

  private static String operators(Map<?, ?> counts) {
    String most =
        counts.entrySet().stream()
            .limit(MOST_KINDS)
            .map(e -> e.getValue() + " " + shortened(e.getKey()))
            .collect(Collectors.joining(", "));
    int rest = counts.size() - MOST_KINDS;
    return rest > 0 ? most + ", and " + rest + " kinds more" : most;
  }

  private void unsupported(Map<?, ?> part) {
    String times =
        Integer.valueOf(1).equals(part.get("times")) ? "" : part.get("times") + " times, first ";
    line(
        "not supported",
        shortened(part.get("what")) + " (" + times + shortened(part.get("first")) + ")");
    line("", String.valueOf(part.get("remedy")));
  }

  private static String shortened(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
