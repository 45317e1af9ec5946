package io.clarinet.report;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The work of a step of a run.
 *
 * @param flops float operations of the operator's definition, a multiply-add counting two
 * @param multipliedFlops those of the algorithm that is used, without its transforms
 * @param bytes values read and written, and packed constants
 * @param floor lower bound of the time of any implementation ({@link Roofline})
 * @param weightsBytes constants that are packed for it, as the model holds them
 * @param packedBytes their bytes once packed
 * @param unexpanded the fastest other kernel whose packed constants are hardly larger than the
 *     model's, where this step's are; else null
 */
public record StepCost(
    double flops,
    double multipliedFlops,
    long bytes,
    Floor floor,
    long weightsBytes,
    long packedBytes,
    @Nullable Alternative unexpanded) {

  /** Growth of packed constants that padding to whole blocks explains. */
  private static final double PADDING = 1.125;

  /** A kernel that was not chosen, and its predicted time. */
  public record Alternative(String kernel, double predictedSeconds) {}

  /** Factor by which constants grow by being packed; 1 where there are none. */
  public double expansion() {
    return weightsBytes == 0 ? 1 : (double) packedBytes / weightsBytes;
  }

  static StepCost of(Step step, Plan plan, Graph graph, Map<String, Fact> facts) {
    int index = step.layer().node();
    Node node = index == Step.Layer.NO_NODE ? null : graph.nodes().get(index);
    double flops = 2.0 * step.layer().multiplyAdds();
    List<Plan.PackedConstant> packed = step.packed().stream().map(plan.packed()::get).toList();
    long weightsBytes = packed.stream().mapToLong(StepCost::sourceBytes).sum();
    long packedBytes = packed.stream().mapToLong(p -> p.packing().bytes()).sum();
    double share = packed.stream().mapToDouble(p -> p.packing().multiplications()).min().orElse(1);
    return new StepCost(
        flops,
        flops * share,
        moved(step) + packedBytes,
        node == null ? Floor.NONE : Roofline.floor(node, graph, facts),
        weightsBytes,
        packedBytes,
        packedBytes > PADDING * weightsBytes ? unexpanded(step, weightsBytes) : null);
  }

  private static long sourceBytes(Plan.PackedConstant packed) {
    return packed.sources().stream().mapToLong(Constant::byteSize).sum();
  }

  private static long moved(Step step) {
    Set<Place> places = new LinkedHashSet<>(step.outputs());
    for (Step.Operand input : step.inputs()) {
      if (input instanceof Step.Operand.At at) {
        places.add(at.place());
      }
    }
    return places.stream().mapToLong(p -> p.layout().elements(p.shape()) * p.type().bytes()).sum();
  }

  private static @Nullable Alternative unexpanded(Step step, long weightsBytes) {
    return step.declined().stream()
        .filter(d -> !Double.isNaN(d.seconds()) && d.packedBytes() <= PADDING * weightsBytes)
        .min(Comparator.comparingDouble(Step.Refusal::seconds))
        .map(d -> new Alternative(d.kernel(), d.seconds()))
        .orElse(null);
  }
}
