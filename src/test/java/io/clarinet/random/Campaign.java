package io.clarinet.random;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Draws the problems of consecutive seeds and checks each, on all processors. */
final class Campaign {
  /** So many failures are made small and told; what follows is mostly the same. */
  private static final int TOLD = 5;

  private static final int PROGRESS = 1000;

  private final LongFunction<Problem> source;
  private final List<Check> checks;
  private final Tally tally = new Tally();
  private final AtomicInteger failed = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final long start = System.nanoTime();

  Campaign(LongFunction<Problem> source, List<Check> checks) {
    this.source = source;
    this.checks = List.copyOf(checks);
  }

  Tally tally() {
    return tally;
  }

  /** Runs so many seeds from one on, prints the counts, and tells the first failures. */
  List<String> run(long first, int count) {
    LongStream.range(first, first + count).parallel().forEach(this::check);
    System.out.printf("%s%n%.0f s, %d failures%n", tally, seconds(), failed.get());
    return List.copyOf(failures);
  }

  private double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  private void check(long seed) {
    Problem problem = source.apply(seed);
    tally.drawn(problem);
    for (Check check : checks) {
      Verdict verdict = Verdict.of(check, problem);
      tally.checked(check, verdict);
      verdict.failure().ifPresent(wrong -> tell(check, problem, wrong));
    }
    if (tally.graphs() % PROGRESS == 0) {
      System.out.printf("%d graphs, %.0f s%n", tally.graphs(), seconds());
    }
  }

  private void tell(Check check, Problem problem, String wrong) {
    if (failed.incrementAndGet() <= TOLD) {
      String told = Failure.told(check, problem, wrong);
      System.out.println(told);
      failures.add(told);
    } else {
      System.out.printf("seed %d, %s: %s%n", problem.seed(), check.name(), wrong);
    }
  }
}
