package io.clarinet.plan;

import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Packing;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The values of a plan in the making: each value's slots by layout, and the packed constants. */
final class Values {
  private final Map<String, Map<Layout, Slot>> slots = new HashMap<>();
  private final List<Slot> all = new ArrayList<>();
  private final Map<PackedConstant, Integer> packed = new LinkedHashMap<>();

  /** The source of a step's input. */
  sealed interface Source {
    record In(Slot slot) implements Source {}

    record Packed(int index, Fact fact, Layout layout) implements Source {}

    record PackedOnly() implements Source {}

    /** Extends the lifetime to a step. */
    default void touch(int step) {
      if (this instanceof In in) {
        in.slot().touch(step);
      }
    }
  }

  /** A slot for a value of a known shape. */
  Slot slot(Fact fact, Layout layout) {
    Slot slot = new Slot(fact.type(), fact.shape(), layout);
    all.add(slot);
    return slot;
  }

  /** A slot that no value has, for one step's use. */
  Slot scratch(long bytes) {
    return slot(Fact.of(Shape.of((bytes + 3) / 4)), Layout.PLAIN);
  }

  /** Records the first slot of a value. */
  Slot define(String value, Slot slot) {
    add(value, slot);
    return slot;
  }

  /** Records one more slot of a value, in another layout. */
  void add(String value, Slot slot) {
    slots.computeIfAbsent(value, v -> new LinkedHashMap<>()).put(slot.layout, slot);
  }

  Optional<Slot> find(String value, Layout layout) {
    return Optional.ofNullable(slots.getOrDefault(value, Map.of()).get(layout));
  }

  /** The slot that a value was first made in. */
  Slot anyOf(String value) {
    return Objects.requireNonNull(slots.get(value), value).values().iterator().next();
  }

  /** Index of constants in a packed form, which is made once for equal requests. */
  int pack(List<Fact> sources, Packing packing) {
    List<Constant> constants =
        sources.stream().map(f -> Objects.requireNonNull(f.constant())).toList();
    PackedConstant wanted = new PackedConstant(constants, packing);
    return packed.computeIfAbsent(wanted, p -> packed.size());
  }

  List<PackedConstant> packed() {
    return List.copyOf(packed.keySet());
  }

  /** Slots that lie in no other and that some step touches. */
  List<Slot> outermost() {
    return all.stream().filter(s -> s.isOutermost() && s.lastStep() >= 0).toList();
  }
}
