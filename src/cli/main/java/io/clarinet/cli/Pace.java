package io.clarinet.cli;

import io.clarinet.cli.folder.ReadAhead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * How fast the two parts of the work on many pictures are alone, in pictures a second.
 *
 * @param reading by all cores, without the network
 * @param network in batches, without reading
 */
record Pace(double reading, double network) {
  /** Pictures from which on the parts are measured. */
  static final int MANY = 32;

  private static final int SAMPLE = 64;

  /**
   * Measures each after as long untimed, the reading on pictures from all over the list.
   *
   * @param seconds for each, at least
   */
  static Pace measure(PictureBatches batches, List<String> names, double seconds) {
    List<String> sample = new ArrayList<>();
    int count = Math.min(SAMPLE, names.size());
    for (int i = 0; i < count; i++) {
      sample.add(names.get((int) ((long) i * names.size() / count)));
    }
    List<PreparedPicture> batch = List.of(new PreparedPicture("", batches.blank(), null));
    return new Pace(
        rate(() -> read(batches, sample), seconds),
        rate(
            () -> {
              batches.answers(batch);
              return batches.size();
            },
            seconds));
  }

  private static int read(PictureBatches batches, List<String> names) {
    int cores = Runtime.getRuntime().availableProcessors();
    int all = names.size();
    try (var ahead = new ReadAhead<>(names, batches::prepare, cores, all, all)) {
      return ahead.take(all, true).size();
    }
  }

  private static double rate(IntSupplier work, double seconds) {
    once(work, seconds);
    return once(work, seconds);
  }

  private static double once(IntSupplier work, double seconds) {
    long begun = System.nanoTime();
    int done = 0;
    while (System.nanoTime() - begun < seconds * 1e9) {
      done += work.getAsInt();
    }
    return done / ((System.nanoTime() - begun) * 1e-9);
  }

  /** Pictures a second where neither part waits and all cores work on one after the other. */
  double together() {
    return 1 / (1 / reading + 1 / network);
  }

  /** Prints both, and how much of what they allow was reached. */
  void print(Console console, int batch, double reached) {
    console
        .errors()
        .printf(
            Locale.ROOT,
            "clarinet: pictures/s: %.1f read and decoded by all cores alone, %.1f by the network"
                + " alone at batch %d, so %.1f one after the other; these were %.1f (%.0f %%).%n",
            reading,
            network,
            batch,
            together(),
            reached,
            100 * reached / together());
  }
}
