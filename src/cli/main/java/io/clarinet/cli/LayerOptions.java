package io.clarinet.cli;

import io.clarinet.report.Explanation;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which layers a table shows, and in which order. */
final class LayerOptions {
  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description =
          "order (as they run, the default), time (the slowest first), name, or rate (the farthest"
              + " from the device's best first)")
  Key sort = Key.ORDER;

  @Option(
      names = "--top",
      paramLabel = "K",
      converter = Count.class,
      description = "show so many layers and sum up the rest; --json holds them all, as they run")
  @Nullable Integer top;

  /** What layers are ordered by. */
  enum Key {
    ORDER,
    TIME,
    NAME,
    RATE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Comparator<Layer> comparator(Explanation plan) {
      return switch (this) {
        case ORDER -> Comparator.comparing(layer -> 0);
        case TIME -> Comparator.comparing(Layer::time).reversed();
        case NAME -> Comparator.comparing(Layer::name, Key::compareNumbered);
        case RATE -> Comparator.comparing(layer -> layer.rate(plan).share());
      };
    }

    /** {@code layer10} comes after {@code layer9}. */
    private static int compareNumbered(String a, String b) {
      return padded(a).compareTo(padded(b));
    }

    private static String padded(String name) {
      return name.replaceAll("(?<!\\d)(\\d{1,6})(?!\\d)", "00000$1")
          .replaceAll("0*(\\d{6})(?!\\d)", "$1");
    }
  }

  /**
   * Prints the layers that are asked for, the sum of the rest, and what each kernel takes.
   *
   * @param rest the sum of layers, in words
   */
  void print(
      List<Layer> layers,
      Explanation plan,
      Function<List<Layer>, Table> table,
      Function<List<Layer>, String> rest,
      Console console) {
    List<Layer> sorted = sorted(layers, plan);
    int shown = shown(sorted.size());
    PrintWriter out = console.text();
    out.println();
    table.apply(sorted.subList(0, shown)).print(out, console.terminal());
    List<Layer> others = sorted.subList(shown, sorted.size());
    if (!others.isEmpty()) {
      console.say("and %d more: %s", others.size(), rest.apply(others));
    }
    out.println();
    KernelTotals.table(KernelTotals.of(layers, plan)).print(out, console.terminal());
    out.println();
  }

  List<Layer> sorted(List<Layer> layers, Explanation plan) {
    return layers.stream().sorted(sort.comparator(plan)).toList();
  }

  /** How many of so many layers are shown. */
  int shown(int layers) {
    return top == null ? layers : Math.min(top, layers);
  }
}
