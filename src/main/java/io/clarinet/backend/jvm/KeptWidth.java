package io.clarinet.backend.jvm;

import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.CacheFolder;
import io.clarinet.file.Processor;
import io.clarinet.kernel.Probe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The width of vectors, in floats, that was fastest on this kind of processor with this JVM:
 * measured at its first use, then kept. The widest that a processor has is not the fastest on all.
 */
public final class KeptWidth {
  private static final int MOST_KEPT = 100;
  private static final String FORMAT = "width 1";

  /** A narrower width must be faster by this much, for noise not to choose it. */
  private static final double WORTH = 1.05;

  private final List<Integer> candidates;
  private final BinaryCache cache =
      new BinaryCache(CacheFolder.standard().resolve("devices"), MOST_KEPT);
  private final String key;

  /**
   * @param candidates widest first
   */
  public KeptWidth(List<Integer> candidates) {
    this.candidates = List.copyOf(candidates);
    this.key =
        BinaryCache.key(
            Stream.concat(Stream.of(FORMAT, candidates.toString()), Stream.of(identity()))
                .toArray(String[]::new));
  }

  /** All that tells this JVM and its processor from others. */
  static String[] identity() {
    return new String[] {
      Processor.identity(),
      System.getProperty("java.vm.name", ""),
      System.getProperty("java.vm.version", ""),
      System.getProperty("os.arch", "")
    };
  }

  /** Whether there is nothing to measure. */
  public boolean isKept() {
    return candidates.size() == 1 || kept().isPresent();
  }

  /** What is kept; the widest where nothing is. Nothing is measured. */
  public int known() {
    return kept().orElse(candidates.get(0));
  }

  /**
   * The kept width, measured where there is none; the widest, and nothing is kept, where that
   * cannot be.
   *
   * @param arithmetic work of a width, its code compiled; empty where the compiler took too long
   */
  public int get(JvmOptions options, IntFunction<Optional<Probe>> arithmetic) {
    return candidates.size() == 1
        ? candidates.get(0)
        : kept()
            .or(() -> measured(options, arithmetic).map(this::keep))
            .orElseGet(() -> candidates.get(0));
  }

  private Optional<Integer> measured(JvmOptions options, IntFunction<Optional<Probe>> arithmetic) {
    List<Probe> probes = new ArrayList<>();
    for (int width : candidates) {
      Optional<Probe> probe = arithmetic.apply(width);
      if (probe.isEmpty()) {
        return Optional.empty();
      }
      probes.add(probe.get());
    }
    try (PoolShare share = PoolShare.of(options.threads())) {
      return Optional.of(fastest(candidates, new JvmMeter(share.pool()).rates(probes)));
    }
  }

  /** The widest of those that are about as fast as the fastest. */
  static int fastest(List<Integer> candidates, double[] rates) {
    int best = 0;
    for (int i = 1; i < rates.length; i++) {
      best = rates[i] > WORTH * rates[best] ? i : best;
    }
    return candidates.get(best);
  }

  private Optional<Integer> kept() {
    return cache
        .get(key)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .flatMap(text -> candidates.stream().filter(c -> c.toString().equals(text)).findFirst());
  }

  private int keep(int width) {
    cache.put(key, Integer.toString(width).getBytes(StandardCharsets.UTF_8));
    return width;
  }
}
