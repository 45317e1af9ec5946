package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_KERNEL_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_KERNEL_NUM_ARGS;
import static org.jocl.CL.CL_KERNEL_WORK_GROUP_SIZE;
import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clGetKernelInfo;
import static org.jocl.CL.clGetKernelWorkGroupInfo;
import static org.jocl.CL.clSetKernelArg;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import java.util.Arrays;
import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jspecify.annotations.Nullable;

/** A launch with its kernel, all arguments bound. */
final class BoundLaunch implements AutoCloseable {
  private final Handle<cl_kernel> kernel;
  private final long[] global;
  private final long[] local;
  private int next;

  BoundLaunch(Program program, Launch launch, Step step, DeviceMemory memory, cl_device_id device) {
    this.kernel = program.kernel();
    this.global = array(launch.range().global());
    this.local = array(launch.range().local());
    try {
      requireRoom(step, launch.kernel(), device);
      launch.args().forEach(arg -> bind(arg, step, memory));
      requireAllBound();
      requireLocalMemory(step, launch.kernel(), memory.device(), device);
    } catch (RuntimeException | Error e) {
      kernel.close();
      throw e;
    }
  }

  private static long[] array(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** Refuses a group larger than the driver allows for this kernel, for want of registers. */
  private void requireRoom(Step step, String entry, cl_device_id device) {
    long[] most = new long[1];
    Status.check(
        clGetKernelWorkGroupInfo(
            kernel.get(), device, CL_KERNEL_WORK_GROUP_SIZE, Sizeof.size_t, Pointer.to(most), null),
        "clGetKernelWorkGroupInfo");
    long group = Arrays.stream(local).reduce(1, Math::multiplyExact);
    if (group > most[0]) {
      throw new KernelRejectedException(
          step.kernel(),
          entry + " runs here in groups of at most " + most[0] + " work-items, not " + group);
    }
  }

  /** Refuses a kernel that wants more local memory than was planned for. */
  private void requireLocalMemory(
      Step step, String entry, DeviceProfile planned, cl_device_id device) {
    if (!planned.isGpu()) {
      return;
    }
    long[] wanted = new long[1];
    Status.check(
        clGetKernelWorkGroupInfo(
            kernel.get(),
            device,
            CL_KERNEL_LOCAL_MEM_SIZE,
            Sizeof.cl_ulong,
            Pointer.to(wanted),
            null),
        "clGetKernelWorkGroupInfo");
    long most = planned.limits().localMemoryBytes();
    if (wanted[0] > most) {
      throw new KernelRejectedException(
          step.kernel(),
          entry + " wants " + wanted[0] + " bytes of local memory, of which a group has " + most);
    }
  }

  private void requireAllBound() {
    int[] count = new int[1];
    Status.check(
        clGetKernelInfo(kernel.get(), CL_KERNEL_NUM_ARGS, Sizeof.cl_uint, Pointer.to(count), null),
        "clGetKernelInfo");
    if (count[0] != next) {
      throw new DeviceException("it takes " + count[0] + " arguments, and " + next + " are given");
    }
  }

  private void bind(Arg arg, Step step, DeviceMemory memory) {
    if (arg instanceof Arg.Input input) {
      view(step.input(input.index()), memory);
    } else if (arg instanceof Arg.Output output) {
      view(step.outputs().get(output.index()), memory);
    } else if (arg instanceof Arg.Scratch scratch) {
      view(step.scratch().get(scratch.index()), memory, 0);
    } else if (arg instanceof Arg.Packed packed) {
      set(Sizeof.cl_mem, Pointer.to(memory.packed(step.packed().get(packed.index()))));
    } else if (arg instanceof Arg.Local local) {
      set(local.bytes(), null);
    } else if (arg instanceof Arg.Int value) {
      set(Sizeof.cl_int, Pointer.to(new int[] {value.value()}));
    } else if (arg instanceof Arg.Long value) {
      set(Sizeof.cl_long, Pointer.to(new long[] {value.value()}));
    } else if (arg instanceof Arg.Float value) {
      set(Sizeof.cl_float, Pointer.to(new float[] {value.value()}));
    }
  }

  private void view(Place place, DeviceMemory memory) {
    view(place, memory, place.batchStride());
  }

  private void view(Place place, DeviceMemory memory, long batchStride) {
    set(Sizeof.cl_mem, Pointer.to(memory.of(place)));
    set(Sizeof.cl_long, Pointer.to(new long[] {place.offset()}));
    set(Sizeof.cl_long, Pointer.to(new long[] {batchStride}));
  }

  private void set(long bytes, @Nullable Pointer value) {
    Status.check(
        clSetKernelArg(kernel.get(), next, bytes, value), "clSetKernelArg of argument " + next);
    next++;
  }

  /** Starts the kernel; the event, if wanted, is filled in and must be released. */
  void enqueue(cl_command_queue queue, @Nullable cl_event event) {
    Status.check(
        clEnqueueNDRangeKernel(
            queue, kernel.get(), global.length, null, global, local, 0, null, event),
        "clEnqueueNDRangeKernel");
  }

  @Override
  public void close() {
    kernel.close();
  }
}
