package io.clarinet.backend.opencl;

import static io.clarinet.tensor.Division.roundUp;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.clEnqueueFillBuffer;
import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clEnqueueWriteBuffer;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clSetKernelArg;

import io.clarinet.kernel.Launch;
import io.clarinet.plan.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/** Steps that run as one launch of {@code opencl/cpu/chain.cl}. */
final class Chain implements OpenClStep {
  /** Ints of a cache line, as {@code chain.cl} has it. */
  private static final int LINE = 16;

  private final List<Step> steps;
  private final List<Handle<cl_mem>> owned = new ArrayList<>();
  private final Handle<cl_kernel> kernel;
  private final long[] groups;
  private @Nullable InputRows inputs;

  /**
   * @param reads what the steps read of a graph's inputs, which may be elsewhere at each run
   */
  Chain(
      Segment segment,
      Programs programs,
      DeviceMemory memory,
      DeviceContext context,
      cl_command_queue queue,
      InputReads reads) {
    this.steps = segment.steps();
    this.groups = new long[] {groups(context)};
    ChainSource source = Objects.requireNonNull(segment.chain());
    Program program = programs.of(ChainSource.ENTRY, source.text());
    this.kernel = program.kernel();
    try {
      ChainTable table =
          table(
              segment, source, memory, addresses(segment, program, memory, context, queue), reads);
      List<Launch> launches = segment.launches();
      Handle<cl_mem> rows = context.buffer(table.bytes().capacity());
      owned.add(rows);
      write(queue, rows, table.bytes());
      long stateBytes = stateBytes(launches.size());
      Handle<cl_mem> state = context.buffer(stateBytes);
      owned.add(state);
      clear(queue, state, stateBytes);
      Status.check(clFinish(queue), "clFinish");
      set(0, Sizeof.cl_mem, Pointer.to(rows.get()));
      set(1, Sizeof.cl_mem, Pointer.to(state.get()));
      ChainStrands strands = ChainStrands.of(steps, (int) groups[0]);
      set(2, Sizeof.cl_int, Pointer.to(new int[] {launches.size()}));
      set(3, Sizeof.cl_int, Pointer.to(new int[] {strands.count()}));
      set(4, Sizeof.cl_int, Pointer.to(new int[] {strands.before()}));
      set(5, Sizeof.cl_int, Pointer.to(new int[] {strands.each()}));
      set(6, table.localBytes(), null);
      if (!table.inputs().isEmpty()) {
        inputs = new InputRows(queue, rows.get(), table.bytes().capacity(), table.inputs());
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** The work-groups that run a chain on a device: one for each core. */
  static int groups(DeviceContext context) {
    return Query.integer(context.device(), CL_DEVICE_MAX_COMPUTE_UNITS);
  }

  private long stateBytes(int launches) {
    return Integer.BYTES * (LINE + roundUp(launches, LINE) * (groups[0] + 1));
  }

  private static Addresses addresses(
      Segment segment,
      Program program,
      DeviceMemory memory,
      DeviceContext context,
      cl_command_queue queue) {
    Addresses addresses = new Addresses(context, program);
    for (Step step : segment.steps()) {
      memory.all(step).forEach(addresses::want);
    }
    addresses.find(queue);
    return addresses;
  }

  private static ChainTable table(
      Segment segment,
      ChainSource source,
      DeviceMemory memory,
      Addresses addresses,
      InputReads reads) {
    ChainTable table = new ChainTable(segment.launches(), memory, addresses::of, reads);
    int[] wanted = ChainOrder.predecessors(segment.steps());
    int[] before = new int[wanted.length + 1];
    int number = 0;
    for (int i = 0; i < wanted.length; i++) {
      Step step = segment.steps().get(i);
      int after = before[wanted[i]];
      for (Launch launch : Segment.launches(step)) {
        table.add(i, step, launch, source.numbers().get(number), after);
        number++;
        after = number;
      }
      before[i + 1] = number;
    }
    return table;
  }

  private static void write(cl_command_queue queue, Handle<cl_mem> to, ByteBuffer bytes) {
    Status.check(
        clEnqueueWriteBuffer(
            queue, to.get(), true, 0, bytes.capacity(), Pointer.toBuffer(bytes), 0, null, null),
        "clEnqueueWriteBuffer");
  }

  private static void clear(cl_command_queue queue, Handle<cl_mem> buffer, long bytes) {
    Pointer zero = Pointer.to(new int[1]);
    Status.check(
        clEnqueueFillBuffer(queue, buffer.get(), zero, Integer.BYTES, 0, bytes, 0, null, null),
        "clEnqueueFillBuffer");
  }

  private void set(int index, long bytes, @Nullable Pointer value) {
    Status.check(clSetKernelArg(kernel.get(), index, bytes, value), "clSetKernelArg");
  }

  @Override
  public Step step() {
    return steps.get(0);
  }

  @Override
  public void run(cl_command_queue queue) {
    long[] one = {1};
    Status.check(
        clEnqueueNDRangeKernel(queue, kernel.get(), 1, null, groups, one, 0, null, null),
        "clEnqueueNDRangeKernel");
  }

  @Override
  public void trace(cl_command_queue queue, Recorder recorder, int index) {
    throw new UnsupportedOperationException("a lane for tracing holds no chain");
  }

  /** Where the graph's inputs are read; null where that stays as it is. */
  @Nullable InputRows inputs() {
    return inputs;
  }

  @Override
  public void close() {
    kernel.close();
    if (inputs != null) {
      inputs.close();
    }
    owned.forEach(Handle::close);
  }
}
