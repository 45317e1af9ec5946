package io.clarinet.backend.opencl;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.Launch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The text of one program that holds several kernels as functions, and {@code opencl/cpu/chain.cl},
 * which calls them.
 *
 * @param text the program
 * @param numbers each launch's kernel, as {@code chain.cl} counts them
 */
record ChainSource(String text, List<Integer> numbers) {
  static final String ENTRY = "chain";

  /** Of launches that are all {@linkplain KernelSource#chains such as chain}. */
  static ChainSource of(List<Launch> launches, KernelSource sources) {
    IdentityHashMap<ChainFunction, Integer> known = new IdentityHashMap<>();
    List<Integer> numbers = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    for (Launch launch : launches) {
      ChainFunction function = sources.function(launch.kernel(), launch.prelude());
      Integer number = known.get(function);
      if (number == null) {
        number = known.size();
        known.put(function, number);
        text.append(function.text(number));
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
