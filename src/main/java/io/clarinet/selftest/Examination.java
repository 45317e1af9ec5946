package io.clarinet.selftest;

import io.clarinet.backend.opencl.Compilation;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Step;
import io.clarinet.selftest.Verdicts.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the cases of programs: all at once that are built at once; case by case only where that
 * fails without telling which kernel it was.
 */
final class Examination {
  private final OpenClBackend device;
  private final DeviceProfile chained;
  private final DeviceProfile unchained;
  private final Cases cases;
  private final Site site;
  private final Map<String, Verdict> verdicts = new LinkedHashMap<>();

  Examination(OpenClBackend device, DeviceProfile profile, Cases cases, Site site) {
    this.device = device;
    this.chained = profile;
    this.unchained = profile.without(Compilation.CHAIN, "cases run one by one");
    this.cases = cases;
    this.site = site;
  }

  /** The verdicts on programs, by key. */
  Map<String, Verdict> of(List<Compilation> compilations) {
    List<Compilation> single = new ArrayList<>();
    for (Compilation compilation : compilations) {
      if (compilation.chain().isPresent()) {
        chain(compilation, compilation.chain().get());
      } else {
        single.add(compilation);
      }
    }
    if (!single.isEmpty()) {
      single(single);
    }
    return verdicts;
  }

  /** Programs of their own, which drivers may build at the same time. */
  private void single(List<Compilation> compilations) {
    List<Step> steps = compilations.stream().map(one -> one.steps().get(0)).toList();
    List<FormCase> all = cases.of(steps);
    Findings found = run(all, unchained);
    boolean told = found.ran() || all.size() == 1;
    for (Compilation compilation : compilations) {
      Optional<FormCase> one = cases.of(compilation.steps().get(0));
      String fault = one.map(c -> told ? found.of(c) : alone(c)).orElse("");
      verdicts.put(compilation.key(), verdict(compilation.steps().get(0).kernel(), fault));
    }
  }

  /** A chain as it is built for the plan: by a case of each form, in the order of the plan. */
  private void chain(Compilation compilation, String text) {
    CompletableFuture<Void> compiling = CompletableFuture.runAsync(() -> site.expect(text));
    List<FormCase> all = cases.of(compilation.steps());
    compiling.join();
    Findings found = run(longEnough(all), chained);
    Map<String, Verdict> culprits = new LinkedHashMap<>();
    for (Step step : compilation.steps()) {
      Optional<FormCase> suspect = cases.of(step).filter(c -> !found.of(c).isEmpty());
      String key = device.compilation(step).map(Compilation::key).orElse("");
      if (suspect.isPresent() && !culprits.containsKey(key)) {
        culprits.put(key, verdict(step.kernel(), alone(suspect.get())));
      }
    }
    culprits.values().removeIf(Verdict::isRight);
    verdicts.putAll(culprits);
    if (culprits.isEmpty()) {
      verdicts.put(compilation.key(), verdict(Compilation.CHAIN, found.first()));
    }
  }

  private static Verdict verdict(String kernel, String fault) {
    return fault.isEmpty() ? Verdict.right() : Verdict.struckOff(kernel, "its self-test " + fault);
  }

  private String alone(FormCase one) {
    return run(List.of(one), unchained).of(one);
  }

  private Findings run(List<FormCase> all, DeviceProfile profile) {
    if (all.isEmpty()) {
      return new Findings(true, Map.of());
    }
    CasePlan plan = CasePlan.of(all, profile);
    CompletableFuture<Void> references =
        CompletableFuture.runAsync(() -> all.forEach(FormCase::expected));
    Outcome outcome = site.run(plan);
    references.join();
    Map<Form, String> faults = new LinkedHashMap<>();
    for (CaseArena arena : plan.arenas()) {
      String fault = arena.fault(outcome);
      if (!fault.isEmpty()) {
        faults.put(arena.of().form(), fault);
      }
    }
    return new Findings(outcome instanceof Outcome.Ran, faults);
  }

  /**
   * What a run of cases has shown.
   *
   * @param ran whether it came to its end
   * @param faults by form, one phrase for people
   */
  private record Findings(boolean ran, Map<Form, String> faults) {
    String of(FormCase one) {
      return faults.getOrDefault(one.form(), "");
    }

    String first() {
      return faults.values().stream().findFirst().orElse("");
    }
  }

  /** Cases repeated until there are as many launches as a chain has at least. */
  private static List<FormCase> longEnough(List<FormCase> cases) {
    List<FormCase> repeated = new ArrayList<>(cases);
    while (!cases.isEmpty() && launches(repeated) < Compilation.SHORTEST_CHAIN) {
      repeated.addAll(cases);
    }
    return repeated;
  }

  private static int launches(List<FormCase> cases) {
    return cases.stream().mapToInt(one -> one.form().programs().size()).sum();
  }
}
