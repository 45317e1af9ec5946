package io.clarinet.plan;

import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Layout;
import io.clarinet.plan.Plan.Binding;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/** Gives every slot its place in an arena and turns unplaced into steps. */
final class Places {
  private final DeviceProfile device;
  private final List<PackedConstant> packed;
  private final IdentityHashMap<Slot, MemoryPlanner.Spot> spots = new IdentityHashMap<>();

  Places(DeviceProfile device, List<PackedConstant> packed) {
    this.device = device;
    this.packed = packed;
  }

  Plan plan(Graph graph, Values values, List<UnplacedStep> unplaced, List<Values.Source> results) {
    List<Long> arenaBytes = new ArrayList<>();
    for (List<Slot> owners : new StrandMemory(unplaced).apart(values.outermost())) {
      assign(owners, arenaBytes);
    }
    List<Slot> given = graph.inputs().stream().map(i -> values.anyOf(i.name())).toList();
    assert new PlacesCheck(this::place).holds(given, unplaced, results, arenaBytes);
    List<Binding> inputs = new ArrayList<>();
    graph.inputs().forEach(i -> inputs.add(new Binding(i.name(), place(values.anyOf(i.name())))));
    List<Binding> outputs = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (operand(results.get(i)) instanceof Step.Operand.At at) {
        outputs.add(new Binding(graph.outputs().get(i), at.place()));
      }
    }
    List<Step> steps = unplaced.stream().map(this::step).toList();
    return new Plan(device, inputs, outputs, steps, arenaBytes, packed);
  }

  /** Lays out slots in arenas of their own, behind those that are there. */
  private void assign(List<Slot> owners, List<Long> arenaBytes) {
    List<Region> regions =
        owners.stream().map(s -> new Region(s.bytes(), s.firstStep(), s.lastStep())).toList();
    MemoryPlanner.Assignment assignment =
        new MemoryPlanner(device.limits().maxAllocationBytes(), device.limits().alignmentBytes())
            .assign(regions);
    for (int i = 0; i < owners.size(); i++) {
      MemoryPlanner.Spot spot = assignment.spots().get(i);
      spots.put(
          owners.get(i), new MemoryPlanner.Spot(arenaBytes.size() + spot.arena(), spot.offset()));
    }
    arenaBytes.addAll(assignment.arenaBytes());
  }

  private Step step(UnplacedStep step) {
    return new Step(
        step.node,
        step.layer,
        step.op,
        step.kernel,
        step.action,
        step.inputs.stream().map(this::operand).toList(),
        step.outputs.stream().map(this::place).toList(),
        step.packed,
        step.scratch.stream().map(this::place).toList(),
        step.seconds,
        step.declined);
  }

  private Step.Operand operand(Values.Source source) {
    if (source instanceof Values.Source.In in) {
      return new Step.Operand.At(place(in.slot()));
    }
    if (source instanceof Values.Source.Packed constant) {
      return new Step.Operand.At(
          place(
              constant.index(),
              constant.layout(),
              constant.fact().type(),
              constant.fact().shape()));
    }
    return new Step.Operand.PackedOnly();
  }

  private static Place place(int index, Layout layout, ElementType type, Shape shape) {
    return new Place(Place.Space.PACKED, index, 0, layout.batchStride(shape), layout, type, shape);
  }

  private Place place(Slot slot) {
    MemoryPlanner.Spot spot = Objects.requireNonNull(spots.get(slot.outermost()));
    return new Place(
        Place.Space.ARENA,
        spot.arena(),
        spot.offset() + slot.offset() * slot.type.bytes(),
        slot.batchStride(),
        slot.layout,
        slot.type,
        slot.shape);
  }
}
