package io.clarinet.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The invariant of every plan's memory, worked out anew from what lies within what: a place is
 * where its slot's elements are, each of them is written once and before it is read, and memory
 * that is in use at the same time lies apart. Checked where assertions are on.
 */
final class PlacesCheck {
  private final Function<Slot, Place> places;
  private final IdentityHashMap<Slot, Use> uses = new IdentityHashMap<>();
  private int step;

  PlacesCheck(Function<Slot, Place> places) {
    this.places = places;
  }

  /** The use of an outermost slot: the steps, and the elements. */
  private static final class Use {
    final Place place;
    final int first;
    int last;
    final Stretches written = new Stretches();

    Use(Place place, int first) {
      this.place = place;
      this.first = first;
    }

    long from() {
      return place.byteOffset();
    }

    long to() {
      return from() + place.extentBytes();
    }
  }

  /**
   * Goes through a plan in its order.
   *
   * @return true
   * @throws AssertionError naming the step or the values that contradict each other
   */
  boolean holds(
      List<Slot> inputs,
      List<UnplacedStep> unplaced,
      List<Values.Source> results,
      List<Long> arenaBytes) {
    inputs.forEach(slot -> visit(slot, true));
    for (UnplacedStep next : unplaced) {
      next.inputs.forEach(this::read);
      next.outputs.forEach(slot -> visit(slot, true));
      next.scratch.forEach(slot -> visit(slot, true));
      step++;
    }
    results.forEach(this::read);
    checkApart(arenaBytes);
    return true;
  }

  private void read(Values.Source source) {
    if (source instanceof Values.Source.In in) {
      visit(in.slot(), false);
    }
  }

  private void visit(Slot slot, boolean writes) {
    Slot owner = slot.outermost();
    Use use = uses.computeIfAbsent(owner, o -> new Use(places.apply(o), step));
    use.last = step;
    Place place = places.apply(slot);
    long elements = slot.layout.elements(slot.shape);
    for (long from = 0; from < elements; ) {
      Slot.Stretch stretch = slot.inOutermost(from, elements);
      long length = stretch.to() - stretch.from();
      for (long at = from; at < from + length; at = endOfItem(place, at)) {
        long lies = use.from() + (stretch.from() + at - from) * place.type().bytes();
        require(byteOf(place, at) == lies, slot, place, "lies elsewhere");
      }
      require(
          writes
              ? use.written.add(stretch.from(), stretch.to())
              : use.written.contains(stretch.from(), stretch.to()),
          slot,
          place,
          writes ? "is written twice" : "is read before it is written");
      from += length;
    }
  }

  /** The address at which a kernel, which knows only the place, finds an element. */
  private static long byteOf(Place place, long element) {
    long item = place.layout().batchStride(place.shape());
    return place.byteOffset()
        + (element / item * place.batchStride() + element % item) * place.type().bytes();
  }

  private static long endOfItem(Place place, long element) {
    long item = place.layout().batchStride(place.shape());
    return place.isDense() ? Long.MAX_VALUE : (element / item + 1) * item;
  }

  private void require(boolean holds, Slot slot, Place place, String fault) {
    if (!holds) {
      throw new AssertionError("step " + step + ": " + slot + " at " + place + " " + fault);
    }
  }

  /** Checks the uses in order of time, with the memory in use by its address. */
  private void checkApart(List<Long> arenaBytes) {
    List<Use> byStart = new ArrayList<>(uses.values());
    byStart.removeIf(use -> use.to() == use.from());
    byStart.sort(Comparator.comparingInt(use -> use.first));
    List<Use> byEnd = new ArrayList<>(byStart);
    byEnd.sort(Comparator.comparingInt(use -> use.last));
    Map<Integer, TreeMap<Long, Use>> inUse = new HashMap<>();
    int ended = 0;
    for (Use use : byStart) {
      for (; byEnd.get(ended).last < use.first; ended++) {
        Use gone = byEnd.get(ended);
        Objects.requireNonNull(inUse.get(gone.place.index())).remove(gone.from());
      }
      TreeMap<Long, Use> arena = inUse.computeIfAbsent(use.place.index(), index -> new TreeMap<>());
      boolean apart = isBehind(use, arena.floorEntry(use.from())) && isBefore(use, arena);
      if (!apart || use.to() > arenaBytes.get(use.place.index())) {
        throw new AssertionError(use.place + " overlaps what is in use beside it");
      }
      arena.put(use.from(), use);
    }
  }

  private static boolean isBehind(Use use, Map.@Nullable Entry<Long, Use> below) {
    return below == null || below.getValue().to() <= use.from();
  }

  private static boolean isBefore(Use use, NavigableMap<Long, Use> arena) {
    Long above = arena.higherKey(use.from());
    return above == null || use.to() <= above;
  }
}
