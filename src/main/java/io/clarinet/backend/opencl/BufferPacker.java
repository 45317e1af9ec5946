package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MAP_WRITE_INVALIDATE_REGION;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;
import static org.jocl.CL.clFinish;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.PackingRoom;
import io.clarinet.backend.SharedConstants;
import io.clarinet.kernel.Uninterrupted;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/**
 * Packs constants straight into mapped device memory, on two threads, so that no more than two are
 * ever unfolded at a time.
 */
record BufferPacker(DeviceContext context) implements SharedConstants.Packer<Handle<cl_mem>> {
  private static final int THREADS = 2;
  static final String THREAD = "clarinet-packing";
  private static final byte[] ZEROS = new byte[1 << 16];

  @Override
  public List<Handle<cl_mem>> pack(List<PackedConstant> largestFirst) {
    List<Handle<cl_mem>> buffers = new ArrayList<>();
    try {
      largestFirst.forEach(c -> buffers.add(context.constantBuffer(c.packing().bytes())));
      packAll(largestFirst, buffers);
    } catch (RuntimeException | Error e) {
      buffers.forEach(Handle::close);
      throw e;
    }
    return buffers;
  }

  @Override
  public void drop(Handle<cl_mem> packed) {
    packed.close();
  }

  private void packAll(List<PackedConstant> constants, List<Handle<cl_mem>> buffers) {
    AtomicInteger next = new AtomicInteger();
    List<FutureTask<?>> tasks = new ArrayList<>();
    for (int i = 0; i < Math.min(THREADS, constants.size()); i++) {
      tasks.add(new FutureTask<>(() -> packFrom(next, constants, buffers), null));
    }
    tasks.stream().skip(1).forEach(t -> new Thread(t, THREAD).start());
    tasks.stream().limit(1).forEach(FutureTask::run);
    List<Throwable> failures =
        tasks.stream().map(BufferPacker::failure).flatMap(Optional::stream).toList();
    if (!failures.isEmpty()) {
      throw asRuntime(failures.get(0));
    }
  }

  /** An error is the host's, such as no more heap, and no fault of the device. */
  static RuntimeException asRuntime(@Nullable Throwable failure) {
    if (failure instanceof Error e) {
      throw e;
    }
    return failure instanceof RuntimeException e
        ? e
        : new DeviceException("packing constants failed", failure);
  }

  /** Waits for a task to end, whatever happens to this thread, and tells how it failed. */
  private static Optional<Throwable> failure(FutureTask<?> task) {
    try {
      Uninterrupted.await(task::get);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.ofNullable(e.getCause());
    }
  }

  private void packFrom(
      AtomicInteger next, List<PackedConstant> constants, List<Handle<cl_mem>> buffers) {
    PackingRoom room = new PackingRoom();
    try (Handle<cl_command_queue> queue = context.queue(false)) {
      for (int i = next.getAndIncrement(); i < constants.size(); i = next.getAndIncrement()) {
        pack(queue.get(), constants.get(i), room, buffers.get(i).get());
      }
      Status.check(clFinish(queue.get()), "clFinish");
    }
  }

  private static void pack(
      cl_command_queue queue, PackedConstant constant, PackingRoom room, cl_mem memory) {
    long bytes = constant.packing().bytes();
    if (bytes == 0) {
      return;
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new DeviceException("a packed constant of " + bytes + " bytes is above 2 GB");
    }
    int[] code = new int[1];
    ByteBuffer mapped =
        clEnqueueMapBuffer(
            queue, memory, true, CL_MAP_WRITE_INVALIDATE_REGION, 0, bytes, 0, null, null, code);
    Status.check(code[0], "clEnqueueMapBuffer");
    try {
      clear(mapped);
      List<Tensor> sources = room.sources(constant);
      constant.packing().pack(sources, mapped.slice().order(ByteOrder.nativeOrder()));
    } finally {
      Status.check(
          clEnqueueUnmapMemObject(queue, memory, mapped, 0, null, null), "clEnqueueUnmapMemObject");
    }
  }

  private static void clear(ByteBuffer buffer) {
    for (ByteBuffer rest = buffer.duplicate(); rest.hasRemaining(); ) {
      rest.put(ZEROS, 0, Math.min(ZEROS.length, rest.remaining()));
    }
  }
}
