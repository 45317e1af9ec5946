package io.clarinet.selftest;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan that runs cases, each a step in an arena of its own. The arenas are the plan's inputs,
 * filled, and its outputs, to be looked at: values lie between guard zones, results and scratch are
 * NaN before.
 *
 * @param arenas before the run
 */
record CasePlan(Plan plan, List<CaseArena> arenas) {

  /** Of these cases in this order. */
  static CasePlan of(List<FormCase> cases, DeviceProfile device) {
    List<CaseArena> arenas = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    List<Plan.PackedConstant> packed = new ArrayList<>();
    for (FormCase one : cases) {
      CaseArena arena = CaseArena.of(one, arenas.size());
      steps.add(arena.step(packed.size()));
      one.offer().packed().forEach(p -> packed.add(packed(p, one)));
      arenas.add(arena);
    }
    List<Plan.Binding> whole = arenas.stream().map(CaseArena::whole).toList();
    List<Long> bytes = arenas.stream().map(CaseArena::size).toList();
    return new CasePlan(new Plan(device, whole, whole, steps, bytes, packed), arenas);
  }

  private static Plan.PackedConstant packed(Offer.Packed constant, FormCase one) {
    Packing packing = constant.packing();
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(packing.bytes())).order(ByteOrder.nativeOrder());
    packing.pack(constant.inputs().stream().map(one.inputs()::get).toList(), bytes);
    return new Plan.PackedConstant(List.of(), new PackedBytes(bytes.clear()));
  }

  /** The arenas before the run, in order. */
  List<Tensor> inputs() {
    return arenas.stream().map(CaseArena::before).toList();
  }
}
