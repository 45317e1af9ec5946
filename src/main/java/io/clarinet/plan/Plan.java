package io.clarinet.plan;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Constant;
import java.util.List;

/**
 * All decisions before a network runs: the steps in order, the place of each value, the constants
 * to pack. Immutable.
 *
 * @param inputs where each graph input is to be put, plain
 * @param outputs where each graph output is found, plain
 * @param arenaBytes size of each arena
 */
public record Plan(
    DeviceProfile device,
    List<Binding> inputs,
    List<Binding> outputs,
    List<Step> steps,
    List<Long> arenaBytes,
    List<PackedConstant> packed) {
  /** Host memory of one step in bytes, estimated high: kernels, arguments, descriptions. */
  private static final long STEP_BYTES = 16 << 10;

  public Plan {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    steps = List.copyOf(steps);
    arenaBytes = List.copyOf(arenaBytes);
    packed = List.copyOf(packed);
  }

  /** A graph input or output and its place. */
  public record Binding(String name, Place place) {

    /** Bytes of its tensor. */
    public long bytes() {
      return place.shape().size() * place.type().bytes();
    }
  }

  /**
   * Constants in the order that a kernel reads. Equal sources (by identity) under equal packings
   * are one.
   */
  public record PackedConstant(List<Constant> sources, Packing packing) {
    public PackedConstant {
      sources = List.copyOf(sources);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof PackedConstant that
          && packing.equals(that.packing)
          && sameSources(that.sources);
    }

    private boolean sameSources(List<Constant> others) {
      if (sources.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < sources.size(); i++) {
        if (sources.get(i) != others.get(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = packing.hashCode();
      for (Constant source : sources) {
        hash = 31 * hash + System.identityHashCode(source);
      }
      return hash;
    }
  }

  /** Bytes that all arenas take. */
  public long arenaTotal() {
    return arenaBytes.stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of a run in flight: arenas, and inputs and outputs in transfer. */
  public long laneBytes() {
    return arenaTotal() + bytes(inputs) + bytes(outputs);
  }

  /** Bytes of the loaded plan on the host, estimated high. */
  public long hostBytes() {
    return (1 + steps.size()) * STEP_BYTES;
  }

  private static long bytes(List<Binding> bindings) {
    return bindings.stream().mapToLong(Binding::bytes).sum();
  }

  /** Bytes that all packed constants take. */
  public long packedTotal() {
    return packed.stream().mapToLong(p -> p.packing().bytes()).sum();
  }
}
