package io.clarinet.backend.opencl;

import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.kernel.Launch;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a driver compiles for some steps of a plan: one program for many that run as a chain, or the
 * programs of one.
 *
 * @param chain the text of their one program, where they run as one launch; empty where they do not
 * @param key differs where any of the programs' texts does
 */
public record Compilation(List<Step> steps, Optional<String> chain, String key) {
  /** The kernel that is struck off where steps cannot run as a chain. */
  public static final String CHAIN = ChainSource.ENTRY;

  /** With fewer launches steps run one by one. */
  public static final int SHORTEST_CHAIN = Segment.FEWEST;

  public Compilation {
    steps = List.copyOf(steps);
  }

  static Compilation of(List<Step> steps, ChainSource chain) {
    return new Compilation(steps, Optional.of(chain.text()), BinaryCache.key(CHAIN, chain.text()));
  }

  /** Of one step; empty if it runs on the host. */
  static Optional<Compilation> of(Step step, KernelSource sources) {
    List<Launch> launches = Segment.launches(step);
    return launches.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Compilation(List.of(step), Optional.empty(), key(step, launches, sources)));
  }

  private static String key(Step step, List<Launch> launches, KernelSource sources) {
    try {
      List<String> texts = new ArrayList<>();
      for (Launch launch : launches) {
        texts.addAll(List.of(launch.kernel(), launch.prelude(), sources.read(launch.kernel())));
      }
      return BinaryCache.key(texts.toArray(String[]::new));
    } catch (KernelRejectedException e) {
      throw new KernelRejectedException(step.kernel(), String.valueOf(e.getMessage()));
    }
  }
}
