package io.clarinet.backend.opencl;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.Launch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of one program that holds several kernels as functions, and {@code opencl/chain.cl},
 * which calls them. Names and macros of each kernel's text get a suffix of their own, as two texts
 * may define them differently.
 *
 * @param text the program
 * @param numbers each launch's kernel, as {@code chain.cl} counts them
 */
record ChainSource(String text, List<Integer> numbers) {
  static final String ENTRY = "chain";

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

  /** Whether a kernel's text can become a function: it must be written for groups of one item. */
  static boolean accepts(Launch launch, String source) {
    return launch.range().local().stream().allMatch(extent -> extent == 1)
        && entry(launch.kernel()).matcher(source).find();
  }

  private static Pattern entry(String kernel) {
    return Pattern.compile(ONE_ITEM + kernel + "\\s*\\(");
  }

  /** Of launches that are all {@linkplain #accepts accepted}. */
  static ChainSource of(List<Launch> launches, KernelSource sources) {
    Map<String, Integer> known = new LinkedHashMap<>();
    List<Integer> numbers = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    for (Launch launch : launches) {
      String own = launch.prelude() + sources.read(launch.kernel());
      Integer number = known.get(launch.kernel() + own);
      if (number == null) {
        number = known.size();
        known.put(launch.kernel() + own, number);
        text.append(function(own, launch.kernel(), number));
        calls.append(call(launch, number));
      }
      numbers.add(number);
    }
    text.append("#define CHAIN_ROW ").append(rowLength(launches)).append('\n');
    text.append("#define CHAIN_CALLS ").append(calls).append('\n').append(sources.read(ENTRY));
    return new ChainSource(text.toString(), List.copyOf(numbers));
  }

  /** Longs in a row of {@code chain.cl}'s table. */
  static int rowLength(List<Launch> launches) {
    int most =
        launches.stream()
            .mapToInt(l -> l.args().stream().mapToInt(ChainSource::longs).sum())
            .max()
            .orElse(0);
    return ChainTable.HEADER + most;
  }

  private static int longs(Arg arg) {
    return isView(arg) ? 3 : 1;
  }

  private static boolean isView(Arg arg) {
    return arg instanceof Arg.Input || arg instanceof Arg.Output || arg instanceof Arg.Scratch;
  }

  /** A kernel's text with the kernel as a function. */
  static String function(String source, String kernel, int number) {
    String text = COMMENT.matcher(source).replaceAll("");
    Set<String> macros = found(MACRO, text);
    Set<String> names = found(FUNCTION, ATTRIBUTE.matcher(text).replaceAll(""));
    names.addAll(found(TYPE, text));
    found(ENUM, text).forEach(list -> names.addAll(found(WORD, list)));
    names.addAll(found(COMPOUND, text));
    names.add(kernel);
    names.removeIf(n -> n.startsWith("__") || BUILT_IN.matcher(n).matches());
    text =
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
    return lines(names, n -> "#define " + n + " " + n + "__" + number + "\n")
        + "#define get_global_id(d) chain_at[d]\n#define get_global_size(d) chain_of[d]\n"
        + text
        + lines(all, n -> "#undef " + n + "\n");
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

  private static String lines(Set<String> names, java.util.function.UnaryOperator<String> line) {
    return names.stream().map(line).collect(Collectors.joining());
  }

  private static String call(Launch launch, int number) {
    List<String> args = new ArrayList<>(List.of("at", "of"));
    int next = 0;
    for (Arg arg : launch.args()) {
      if (isView(arg)) {
        args.add("(__global void *)a[" + next + "], a[" + (next + 1) + "], a[" + (next + 2) + "]");
      } else if (arg instanceof Arg.Packed) {
        args.add("(__global void *)a[" + next + "]");
      } else if (arg instanceof Arg.Local) {
        args.add("(__local void *)(scratch + a[" + next + "])");
      } else if (arg instanceof Arg.Float) {
        args.add("as_float((int)a[" + next + "])");
      } else {
        args.add((arg instanceof Arg.Int ? "(int)" : "") + "a[" + next + "]");
      }
      next += longs(arg);
    }
    return "case "
        + number
        + ": "
        + launch.kernel()
        + "__"
        + number
        + "("
        + String.join(", ", args)
        + "); break; ";
  }
}
