package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MIGRATE_MEM_OBJECT_CONTENT_UNDEFINED;
import static org.jocl.CL.CL_SUCCESS;
import static org.jocl.CL.clEnqueueFillBuffer;
import static org.jocl.CL.clEnqueueMigrateMemObjects;
import static org.jocl.CL.clFinish;

import io.clarinet.backend.DeviceException;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/** The buffers that one lane works on: arenas of its own, and the packed constants of all. */
final class DeviceMemory implements AutoCloseable {
  private static final Pointer NAN = Pointer.to(new float[] {Float.NaN});

  private final List<Handle<cl_mem>> arenas = new ArrayList<>();
  private final List<Handle<cl_mem>> packed;
  private final List<Long> arenaBytes;
  private final DeviceProfile device;

  DeviceMemory(DeviceContext context, Plan plan, List<Handle<cl_mem>> packed) {
    this.packed = packed;
    this.device = plan.device();
    this.arenaBytes = plan.arenaBytes();
    try {
      boolean shared = plan.device().isGpu() && plan.device().simt().unified();
      for (long bytes : arenaBytes) {
        arenas.add(shared ? context.hostBuffer(bytes) : context.buffer(bytes));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Has a GPU take the memory of the arenas now: some drivers take it when it is first used, which
   * would be in the midst of a run. A driver that cannot is no worse for it.
   *
   * @throws DeviceException if it has not so much
   */
  void take(cl_command_queue queue) {
    if (!device.isGpu() || arenas.isEmpty()) {
      return;
    }
    cl_mem[] all = arenas.stream().map(Handle::get).toArray(cl_mem[]::new);
    int code =
        clEnqueueMigrateMemObjects(
            queue, all.length, all, CL_MIGRATE_MEM_OBJECT_CONTENT_UNDEFINED, 0, null, null);
    code = code == CL_SUCCESS ? clFinish(queue) : code;
    if (Status.isOutOfMemory(code)) {
      throw DeviceException.outOfMemory(
          Status.describe(code, "clEnqueueMigrateMemObjects") + "; try a smaller batch", null);
    }
  }

  /** The device that the plan is for. */
  DeviceProfile device() {
    return device;
  }

  cl_mem of(Place place) {
    return switch (place.space()) {
      case ARENA -> arenas.get(place.index()).get();
      case PACKED -> packed(place.index());
    };
  }

  cl_mem packed(int index) {
    return packed.get(index).get();
  }

  /** Every buffer that a step reads or writes. */
  Set<cl_mem> all(Step step) {
    Set<cl_mem> buffers = new LinkedHashSet<>();
    for (Step.Operand operand : step.inputs()) {
      if (operand instanceof Step.Operand.At at) {
        buffers.add(of(at.place()));
      }
    }
    step.outputs().forEach(place -> buffers.add(of(place)));
    step.scratch().forEach(place -> buffers.add(of(place)));
    step.packed().forEach(index -> buffers.add(packed(index)));
    return buffers;
  }

  /** Fills every arena with NaN. */
  void poison(cl_command_queue queue) {
    for (int i = 0; i < arenas.size(); i++) {
      long whole = arenaBytes.get(i) / Float.BYTES * Float.BYTES;
      if (whole > 0) {
        Status.check(
            clEnqueueFillBuffer(
                queue, arenas.get(i).get(), NAN, Float.BYTES, 0, whole, 0, null, null),
            "clEnqueueFillBuffer");
      }
    }
  }

  @Override
  public void close() {
    arenas.forEach(Handle::close);
  }
}
