package io.clarinet.plan;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.plan.Step.Refusal;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The offer that was chosen for a node.
 *
 * @param kernel null if every kernel declined
 * @param declined the others, and why
 */
record KernelChoice(
    @Nullable Kernel kernel, @Nullable Offer offer, double seconds, List<Refusal> declined) {

  private record Candidate(Kernel kernel, Offer offer, double seconds) {}

  /**
   * Asks every kernel but needless last resorts, and takes the cheapest; on equal cost the earlier.
   *
   * @param layoutSeconds seconds of bringing the inputs into the wanted layouts; infinite if an
   *     offer cannot be used here
   */
  static KernelChoice among(
      List<Kernel> kernels,
      List<Fact> inputs,
      List<Fact> outputs,
      DeviceProfile device,
      ToDoubleFunction<Offer> layoutSeconds) {
    List<Refusal> declined = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (Kernel kernel : kernels) {
      if (kernel.isLastResort() && !candidates.isEmpty()) {
        declined.add(new Refusal(kernel.name(), "only where all others decline"));
        continue;
      }
      String struckOff = device.struckOff().get(kernel.name());
      Offer offer =
          struckOff == null
              ? kernel.offer(inputs, outputs, device)
              : new Offer.Decline("struck off: " + struckOff);
      if (offer instanceof Offer.Decline decline) {
        declined.add(new Refusal(kernel.name(), decline.reason()));
        continue;
      }
      double around = layoutSeconds.applyAsDouble(offer);
      if (Double.isInfinite(around)) {
        declined.add(new Refusal(kernel.name(), "its inputs cannot lie side by side"));
      } else {
        candidates.add(new Candidate(kernel, offer, own(offer) + around));
      }
    }
    return best(candidates, declined);
  }

  /** This choice for one of so many strands that run at a time: its part of their time. */
  KernelChoice ofOneOf(int strands) {
    return strands == 1
        ? this
        : new KernelChoice(
            kernel,
            offer,
            seconds / strands,
            declined.stream().map(refusal -> refusal.ofOneOf(strands)).toList());
  }

  private static KernelChoice best(List<Candidate> candidates, List<Refusal> declined) {
    Candidate best = null;
    for (Candidate candidate : candidates) {
      if (best == null || candidate.seconds() < best.seconds()) {
        best = candidate;
      }
    }
    if (best == null) {
      return new KernelChoice(null, null, 0, declined);
    }
    for (Candidate other : candidates) {
      if (other != best) {
        declined.add(
            new Refusal(
                other.kernel().name(),
                slower(other, best),
                own(other.offer()),
                packedBytes(other.offer())));
      }
    }
    return new KernelChoice(best.kernel(), best.offer(), own(best.offer()), declined);
  }

  private static String slower(Candidate other, Candidate best) {
    return "predicted " + milliseconds(other) + " ms against " + milliseconds(best) + " ms";
  }

  /** Without String.format, which would take half of the planning of a deep network. */
  private static double milliseconds(Candidate candidate) {
    return Math.round(candidate.seconds() * 1e6) / 1e3;
  }

  private static long packedBytes(Offer offer) {
    return offer instanceof Offer.Accept accept
        ? accept.packed().stream().mapToLong(p -> p.packing().bytes()).sum()
        : 0;
  }

  private static double own(Offer offer) {
    return offer instanceof Offer.Accept accept ? accept.seconds() : 0;
  }

  /** The layout that an offer wants of an input; null where it only reads a packed form. */
  static @Nullable Layout wanted(Offer offer, int input) {
    if (offer instanceof Offer.Accept accept) {
      boolean packedOnly = accept.packed().stream().anyMatch(p -> p.inputs().contains(input));
      return packedOnly ? null : accept.inputs().get(input);
    }
    if (offer instanceof Offer.View view) {
      return input == 0 ? view.input() : null;
    }
    return ((Offer.Join) offer).layout();
  }
}
