package io.clarinet.plan;

import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.List;

/**
 * Refuses values that a device or the host cannot hold, before a kernel is asked for an offer: a
 * few bytes of a file are enough for a padding by 2^30.
 */
record SizeLimit(DeviceProfile device) {
  /** Bytes that one host tensor holds at most. */
  private static final long HOST_BYTES = Integer.MAX_VALUE;

  /**
   * Checks a node's splat inputs, which are one number in the file, and its outputs.
   *
   * @throws PlanException naming the node, if that is too large
   */
  void require(Node node, List<Fact> inputs, List<Fact> outputs) {
    for (Fact input : inputs) {
      if (input.constant() instanceof Splat) {
        require(of(node) + " reads", input, device.limits().maxAllocationBytes(), device.name());
      }
    }
    for (Fact output : outputs) {
      require(of(node) + " makes", output, device.limits().maxAllocationBytes(), device.name());
    }
  }

  /** Checks all inputs and outputs of a node that runs on host tensors. */
  void requireOnHost(Node node, List<Fact> inputs, List<Fact> outputs) {
    inputs.forEach(input -> require(of(node) + " reads", input, HOST_BYTES, "a host tensor"));
    outputs.forEach(output -> require(of(node) + " makes", output, HOST_BYTES, "a host tensor"));
  }

  /** Checks an output that a run returns. */
  void requireResult(String name, Fact result) {
    require("output \"" + name + "\" is", result, HOST_BYTES, "a host tensor");
  }

  private static String of(Node node) {
    return "node \"" + node.name() + "\" (" + node.op().name() + ")";
  }

  private static void require(String what, Fact value, long limit, String holder) {
    if (extent(value.shape()) > limit / value.type().bytes()) {
      throw new PlanException(
          "%s %s %s, %,d bytes; %s holds at most %,d at once: use smaller inputs or fewer of them"
              .formatted(
                  what,
                  value.type(),
                  value.shape(),
                  bytes(value.type(), value.shape()),
                  holder,
                  limit));
    }
  }

  private static long bytes(ElementType type, Shape shape) {
    long most = Long.MAX_VALUE / type.bytes();
    return Math.min(most, extent(shape)) * type.bytes();
  }

  /** Elements, where an axis without any counts as one: tables go along the others even then. */
  private static long extent(Shape shape) {
    long extent = 1;
    for (int dim : shape.dims()) {
      extent *= Math.max(1, dim);
    }
    return extent;
  }
}
