package io.clarinet.backend.opencl;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kernel's text with the kernel as a function, for a program that holds several. Names and macros
 * get a suffix of their own, as two texts may define them differently.
 *
 * @param suffixed names that get the number of the function
 * @param body the text that follows their definition
 */
record ChainFunction(Set<String> suffixed, String body) {
  private static final String ONE_ITEM =
      "__attribute__\\(\\(reqd_work_group_size\\(1, 1, 1\\)\\)\\)\\s*__kernel void\\s+";
  private static final Pattern COMMENT = Pattern.compile("//.*");
  private static final Pattern MACRO = Pattern.compile("(?m)^\\s*#\\s*define\\s+(\\w+)");
  private static final Pattern FUNCTION =
      Pattern.compile("\\b(?:static inline|INLINE|static)\\s[\\w\\s*]*?\\b(\\w+)\\s*\\(");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("__attribute__\\(\\((?:[^()]|\\([^()]*\\))*\\)\\)");
  private static final Pattern TYPE =
      Pattern.compile("\\}\\s*(\\w+)\\s*;|typedef\\s+\\w+\\s+(\\w+)");
  private static final Pattern ENUM = Pattern.compile("\\benum\\s*\\w*\\s*\\{([^}]*)\\}");
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern COMPOUND = Pattern.compile("\\b[a-z]\\w*_\\w+\\b");
  private static final Pattern BUILT_IN =
      Pattern.compile(
          "(get|as|convert|atomic|native|half|always|reqd|work_group|vload|vstore|size|ptrdiff|cl|mem)_.*"
              + "|return|if|for|while|do|switch|sizeof");

  /** Whether a kernel is written for groups of one work-item. */
  static boolean isForSingleItems(String kernel, String source) {
    return entry(kernel).matcher(source).find();
  }

  private static Pattern entry(String kernel) {
    return Pattern.compile(ONE_ITEM + kernel + "\\s*\\(");
  }

  static ChainFunction of(String source, String kernel) {
    String text = COMMENT.matcher(source).replaceAll("");
    Set<String> macros = found(MACRO, text);
    Set<String> names = names(text);
    names.add(kernel);
    names.removeIf(n -> n.startsWith("__") || BUILT_IN.matcher(n).matches());
    String function =
        entry(kernel)
            .matcher(text)
            .replaceFirst(
                "static __attribute__((noinline)) void "
                    + kernel
                    + "(const size_t *chain_at, const size_t *chain_of, ");
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(macros);
    all.add("get_global_id");
    all.add("get_global_size");
    return new ChainFunction(
        names,
        "#define get_global_id(d) chain_at[d]\n#define get_global_size(d) chain_of[d]\n"
            + function
            + lines(all, n -> "#undef " + n + "\n"));
  }

  private static Set<String> names(String text) {
    Set<String> names = found(FUNCTION, ATTRIBUTE.matcher(text).replaceAll(""));
    names.addAll(found(TYPE, text));
    found(ENUM, text).forEach(list -> names.addAll(found(WORD, list)));
    names.addAll(found(COMPOUND, text));
    return names;
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        if (matcher.group(i) != null) {
          names.add(matcher.group(i));
        }
      }
      if (matcher.groupCount() == 0) {
        names.add(matcher.group());
      }
    }
    return names;
  }

  private static String lines(Set<String> names, UnaryOperator<String> line) {
    return names.stream().map(line).collect(Collectors.joining());
  }

  /** The text as one of several functions, by its number among them. */
  String text(int number) {
    return lines(suffixed, n -> "#define " + n + " " + n + "__" + number + "\n") + body;
  }
}
