package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MAP_WRITE_INVALIDATE_REGION;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;
import static org.jocl.CL.clFinish;

import io.clarinet.backend.DeviceException;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/**
 * Packed constants on the device, each packed once and kept while an executable uses it. Packing
 * writes straight into mapped device memory, on two threads, so that no more than two constants are
 * ever unfolded at a time.
 */
final class PackedBuffers {
  private static final int THREADS = 2;
  private static final String THREAD = "clarinet-packing";
  private static final byte[] ZEROS = new byte[1 << 16];

  private final DeviceContext context;
  private final Map<PackedConstant, Shared> shared = new HashMap<>();

  PackedBuffers(DeviceContext context) {
    this.context = context;
  }

  private static final class Shared {
    final Handle<cl_mem> memory;
    int users;

    Shared(Handle<cl_mem> memory) {
      this.memory = memory;
    }
  }

  /** {@link #acquire}, begun on a thread of its own; {@link #await} gives what came of it. */
  CompletableFuture<List<Handle<cl_mem>>> acquireBeside(List<PackedConstant> constants) {
    return CompletableFuture.supplyAsync(
        () -> acquire(constants), task -> new Thread(task, THREAD).start());
  }

  /** Waits for the buffers, or throws why there are none. */
  static List<Handle<cl_mem>> await(CompletableFuture<List<Handle<cl_mem>>> buffers) {
    try {
      return buffers.join();
    } catch (CompletionException e) {
      throw asRuntime(e.getCause());
    }
  }

  /** An error is the host's, such as no more heap, and no fault of the device. */
  private static RuntimeException asRuntime(@Nullable Throwable failure) {
    if (failure instanceof Error e) {
      throw e;
    }
    return failure instanceof RuntimeException e
        ? e
        : new DeviceException("packing constants failed", failure);
  }

  /** The buffers of these constants, in order; give them back by {@link #release}. */
  synchronized List<Handle<cl_mem>> acquire(List<PackedConstant> constants) {
    packMissing(constants.stream().distinct().filter(c -> !shared.containsKey(c)).toList());
    List<Handle<cl_mem>> buffers = new ArrayList<>();
    for (PackedConstant constant : constants) {
      Shared entry = Objects.requireNonNull(shared.get(constant));
      entry.users++;
      buffers.add(entry.memory);
    }
    return buffers;
  }

  /** Gives back what {@link #acquire} gave for the same list. */
  synchronized void release(List<PackedConstant> constants) {
    for (PackedConstant constant : constants) {
      Shared entry = shared.get(constant);
      if (entry != null && --entry.users == 0) {
        shared.remove(constant);
        entry.memory.close();
      }
    }
  }

  /** Number of distinct constants on the device. */
  synchronized int count() {
    return shared.size();
  }

  private void packMissing(List<PackedConstant> missing) {
    Map<PackedConstant, Handle<cl_mem>> buffers = new HashMap<>();
    try {
      missing.forEach(c -> buffers.put(c, context.constantBuffer(c.packing().bytes())));
      packAll(missing, buffers);
    } catch (RuntimeException | Error e) {
      buffers.values().forEach(Handle::close);
      throw e;
    }
    buffers.forEach((constant, buffer) -> shared.put(constant, new Shared(buffer)));
  }

  private void packAll(List<PackedConstant> missing, Map<PackedConstant, Handle<cl_mem>> buffers) {
    Queue<PackedConstant> largestFirst =
        new ConcurrentLinkedQueue<>(
            missing.stream().sorted(Comparator.comparingLong(c -> -c.packing().bytes())).toList());
    List<FutureTask<?>> tasks = new ArrayList<>();
    for (int i = 0; i < Math.min(THREADS, missing.size()); i++) {
      tasks.add(new FutureTask<>(() -> packFrom(largestFirst, buffers), null));
    }
    tasks.stream().skip(1).forEach(t -> new Thread(t, THREAD).start());
    tasks.stream().limit(1).forEach(FutureTask::run);
    List<Throwable> failures =
        tasks.stream().map(PackedBuffers::failure).flatMap(Optional::stream).toList();
    if (!failures.isEmpty()) {
      throw asRuntime(failures.get(0));
    }
  }

  /** Waits for a task to end, whatever happens to this thread, and tells how it failed. */
  private static Optional<Throwable> failure(FutureTask<?> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return Optional.empty();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      return Optional.ofNullable(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void packFrom(
      Queue<PackedConstant> constants, Map<PackedConstant, Handle<cl_mem>> buffers) {
    try (Handle<cl_command_queue> queue = context.queue(false)) {
      for (PackedConstant next = constants.poll(); next != null; next = constants.poll()) {
        pack(queue.get(), next, Objects.requireNonNull(buffers.get(next)).get());
      }
      Status.check(clFinish(queue.get()), "clFinish");
    }
  }

  private static void pack(cl_command_queue queue, PackedConstant constant, cl_mem memory) {
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
      List<Tensor> sources = constant.sources().stream().map(Constant::tensor).toList();
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
