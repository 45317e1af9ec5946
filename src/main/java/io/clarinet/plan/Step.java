package io.clarinet.plan;

import io.clarinet.graph.Node;
import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan.
 *
 * @param node name of the graph node that this is for; of the value and its layout where it brings
 *     one into another
 * @param layer the network's layer that this step belongs to
 * @param op name of the operator, for people
 * @param kernel name of the chosen kernel
 * @param inputs by input index
 * @param packed indices into {@link Plan#packed()}, by packed-argument index
 * @param scratch places by scratch index
 * @param seconds predicted time
 * @param declined kernels that were not chosen, and why
 */
public record Step(
    String node,
    Layer layer,
    String op,
    String kernel,
    Action action,
    List<Operand> inputs,
    List<Place> outputs,
    List<Integer> packed,
    List<Place> scratch,
    double seconds,
    List<Refusal> declined) {

  public Step {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    packed = List.copyOf(packed);
    scratch = List.copyOf(scratch);
    declined = List.copyOf(declined);
  }

  /**
   * The layer of a network that a step is for.
   *
   * @param name the same for all parts of a batch that is split
   * @param part the batch items that the step is for; null where all
   * @param node number of the node in the planned graph; {@link #NO_NODE} for a reorder
   * @param multiplyAdds multiplications of the operator's definition, each with its addition
   */
  public record Layer(String name, Node.@Nullable Part part, int node, long multiplyAdds) {
    public static final int NO_NODE = -1;

    /** Number of the strand that the step runs in, from 0 on. */
    public int strandNumber() {
      return part == null ? 0 : part.strand().number();
    }

    /** Strands that run beside each other; 1 where all cores run the same. */
    public int strandCount() {
      return part == null ? 1 : part.strand().count();
    }
  }

  /** An input of a step: a value in memory, or nothing where only a packed form of it is read. */
  public sealed interface Operand {
    record At(Place place) implements Operand {}

    record PackedOnly() implements Operand {}
  }

  /** The action of a step. */
  public sealed interface Action {

    /** Work on the device that the plan is for. */
    record Device(Work work) implements Action {}

    /** A host computation over plain tensors, fetched before and stored after. */
    record Host(HostFunction function) implements Action {}
  }

  /**
   * A kernel that was not chosen, and why.
   *
   * @param seconds its predicted time; NaN if it cannot run
   * @param packedBytes bytes of its packed constants
   */
  public record Refusal(String kernel, String reason, double seconds, long packedBytes) {

    /** A kernel that cannot run. */
    public Refusal(String kernel, String reason) {
      this(kernel, reason, Double.NaN, 0);
    }

    /** For one of so many strands that run at a time: its part of their time. */
    Refusal ofOneOf(int strands) {
      return new Refusal(kernel, reason, seconds / strands, packedBytes);
    }
  }

  /**
   * Runs a host step over plain tensors.
   *
   * @throws StepException naming the node
   */
  public void run(HostFunction function, List<Tensor> from, List<Tensor> to) {
    try {
      function.run(from, to);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refused(e);
    }
  }

  /** What says of values that this step cannot compute with them, with its node named. */
  public StepException refused(RuntimeException reason) {
    return new StepException(
        "node \"" + layer.name() + "\" (" + op + "): " + reason.getMessage(), reason);
  }

  /** The place of an input that lies in memory. */
  public Place input(int index) {
    if (inputs.get(index) instanceof Operand.At at) {
      return at.place();
    }
    throw new IllegalArgumentException(
        "step \"" + node + "\" has input " + index + " in packed form only");
  }
}
