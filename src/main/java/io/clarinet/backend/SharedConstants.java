package io.clarinet.backend;

import io.clarinet.plan.Plan.PackedConstant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Packed constants of a device, each packed for its first user and dropped by its last.
 *
 * @param <T> a packed constant in the device's memory
 */
public final class SharedConstants<T> {
  private final Packer<T> packer;
  private final Map<PackedConstant, Shared<T>> shared = new HashMap<>();

  /** Packs constants into a device's memory. */
  public interface Packer<T> {

    /** Packs constants, the largest first; gives them in order, or throws and leaves nothing. */
    List<T> pack(List<PackedConstant> largestFirst);

    /** Gives the memory of a packed constant back. */
    void drop(T packed);
  }

  private static final class Shared<T> {
    final T packed;
    int users;

    Shared(T packed) {
      this.packed = packed;
    }
  }

  public SharedConstants(Packer<T> packer) {
    this.packer = packer;
  }

  /** Constants packed, in order; give them back by {@link #release}. */
  public synchronized List<T> acquire(List<PackedConstant> constants) {
    packMissing(
        constants.stream()
            .distinct()
            .filter(c -> !shared.containsKey(c))
            .sorted(Comparator.comparingLong(c -> -c.packing().bytes()))
            .toList());
    constants.forEach(c -> find(c).users++);
    return constants.stream().map(c -> find(c).packed).toList();
  }

  private void packMissing(List<PackedConstant> missing) {
    List<T> packed = packer.pack(missing);
    for (int i = 0; i < missing.size(); i++) {
      shared.put(missing.get(i), new Shared<>(packed.get(i)));
    }
  }

  private Shared<T> find(PackedConstant constant) {
    return Objects.requireNonNull(shared.get(constant));
  }

  /** Bytes of all packed constants. */
  public synchronized long bytes() {
    return shared.keySet().stream().mapToLong(c -> c.packing().bytes()).sum();
  }

  /** Gives up what {@link #acquire} gave for the same constants. */
  public synchronized void release(List<PackedConstant> constants) {
    for (PackedConstant constant : constants) {
      Shared<T> held = find(constant);
      if (--held.users == 0) {
        shared.remove(constant);
        packer.drop(held.packed);
      }
    }
  }
}
