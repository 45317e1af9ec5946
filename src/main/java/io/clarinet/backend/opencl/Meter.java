package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_TRUE;
import static org.jocl.CL.clEnqueueFillBuffer;
import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clSetKernelArg;

import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * Runs the calibration kernels. Work starts small and grows until a launch is long enough to be
 * timed, so that a simulator, a million times slower than a device, is done in seconds as well.
 */
public final class Meter {
  private static final int CHAINS = 12;
  private static final int LAUNCHES = 20;

  /** Seconds of work in which clocks rise and sleeping threads wake. */
  private static final double WARM_UP = 30e-3;

  /** Divisor of the elements to read, for a first, short reading. */
  private static final int GLANCE = 256;

  /** Seconds of a launch whose start and end may be neglected. */
  private static final double LONG_ENOUGH = 0.5e-3;

  private static final long BANDWIDTH_BYTES = 128L << 20;

  private final DeviceContext context;
  private final Programs programs;
  private final cl_command_queue queue;
  private final boolean cpu;
  private final int units;
  private final int width;
  private final Stopwatch stopwatch;

  Meter(
      DeviceContext context,
      Programs programs,
      cl_command_queue queue,
      boolean cpu,
      int units,
      int width,
      Stopwatch stopwatch) {
    this.context = context;
    this.programs = programs;
    this.queue = queue;
    this.cpu = cpu;
    this.units = units;
    this.width = width;
    this.stopwatch = stopwatch;
  }

  private Program program(String name) {
    return programs.of(
        new Launch(name, Map.of("C", Integer.toString(width)), NdRange.items(1), List.of()));
  }

  private int flopsItems() {
    return cpu ? units * 8 : units * 1024;
  }

  /** The sums that {@code calibrate_flops} gives after some rounds. */
  float[] flops(int rounds) {
    float[] sums = new float[flopsItems() * width];
    withFlopsKernel(
        (kernel, y) -> {
          argument(kernel, 1, rounds);
          enqueue(kernel, flopsItems());
          read(y, sums);
        });
    programs.ran(Set.of(program("calibrate_flops")));
    return sums;
  }

  /** The sum that {@link #flops} must give at an index. */
  float expectedFlopsSum(int index, int rounds) {
    float first = index / width % 64 + index % width;
    float sum = 0;
    for (int chain = 0; chain < CHAINS; chain++) {
      float v = first + chain;
      for (int i = 0; i < rounds; i++) {
        v = Math.fma(v, 0.5f, 1f);
      }
      sum = chain == 0 ? v : sum + v;
    }
    return sum;
  }

  /** Work-items that step together, as a built kernel tells; 0 where it does not. */
  int groupMultiple() {
    try (Handle<cl_kernel> kernel = program("calibrate_flops").kernel()) {
      return Query.groupMultiple(kernel.get(), context.device());
    }
  }

  /** Best float operations a second. */
  double peakFlops() {
    double[] best = new double[1];
    withFlopsKernel(
        (kernel, y) -> {
          int rounds = longEnough(kernel, 1, 3, 10);
          stopwatch.repeat(WARM_UP, () -> start(kernel, flopsItems()));
          rounds = longEnough(kernel, rounds, 16, 60);
          double perRound = 2.0 * CHAINS * width * flopsItems();
          best[0] = perRound * rounds / timeFlops(kernel, rounds, 16, 60);
        });
    return best[0];
  }

  /** Rounds that are no fewer than given and take long enough, however busy others are. */
  private int longEnough(cl_kernel kernel, int least, int fewest, int most) {
    int rounds = least;
    while (rounds < 1 << 28 && timeFlops(kernel, rounds, fewest, most) < LONG_ENOUGH) {
      rounds *= 2;
    }
    return rounds;
  }

  /** Seconds that one launch of a kernel costs that has nothing to do. */
  double launchSeconds() {
    double[] best = new double[1];
    withFlopsKernel(
        (kernel, y) -> {
          double once = timeFlops(kernel, 1, 3, 10);
          best[0] =
              once > LONG_ENOUGH
                  ? once
                  : stopwatch.best(8, 16, () -> launchInARow(kernel)) / LAUNCHES;
        });
    return best[0];
  }

  private void launchInARow(cl_kernel kernel) {
    for (int i = 0; i < LAUNCHES; i++) {
      argument(kernel, 1, 1);
      enqueue(kernel, flopsItems());
    }
    finish();
  }

  private double timeFlops(cl_kernel kernel, int rounds, int fewest, int most) {
    argument(kernel, 1, rounds);
    return stopwatch.best(fewest, most, () -> start(kernel, flopsItems()));
  }

  private interface FlopsBody {
    void run(cl_kernel kernel, cl_mem y);
  }

  private void withFlopsKernel(FlopsBody body) {
    try (Handle<cl_mem> y = context.buffer((long) flopsItems() * width * Float.BYTES);
        Handle<cl_kernel> kernel = program("calibrate_flops").kernel()) {
      argument(kernel.get(), 0, y.get());
      body.run(kernel.get(), y.get());
    }
  }

  /** Best bytes a second at which a buffer beyond the caches is read. */
  double bandwidth() {
    int slices = cpu ? units * 8 : units * 1024;
    int count = (int) (BANDWIDTH_BYTES / Float.BYTES / width / slices) / 4 * 4;
    int glance = Math.max(4, count / GLANCE / 4 * 4);
    double seconds = secondsToRead(slices, glance, 2);
    boolean slow = seconds / glance * count > Stopwatch.LONGEST;
    int read = slow ? glance : count;
    return (double) slices
        * read
        * width
        * Float.BYTES
        / (slow ? seconds : secondsToRead(slices, count, 8));
  }

  private double secondsToRead(int slices, int count, int most) {
    long bytes = (long) slices * count * width * Float.BYTES;
    Program program = program("calibrate_bandwidth");
    try (Handle<cl_mem> x = context.buffer(bytes);
        Handle<cl_mem> y = context.buffer((long) slices * width * Float.BYTES);
        Handle<cl_kernel> kernel = program.kernel()) {
      fill(x.get(), bytes);
      argument(kernel.get(), 0, x.get());
      argument(kernel.get(), 1, y.get());
      argument(kernel.get(), 2, count);
      argument(kernel.get(), 3, cpu ? count : 1);
      argument(kernel.get(), 4, cpu ? 1 : slices);
      start(kernel.get(), slices);
      double seconds = stopwatch.best(4, most, () -> start(kernel.get(), slices));
      programs.ran(Set.of(program));
      return seconds;
    }
  }

  private void fill(cl_mem memory, long bytes) {
    float[] ones = new float[16];
    Arrays.fill(ones, 1);
    int size = ones.length * Float.BYTES;
    Status.check(
        clEnqueueFillBuffer(queue, memory, Pointer.to(ones), size, 0, bytes, 0, null, null),
        "clEnqueueFillBuffer");
    finish();
  }

  private void start(cl_kernel kernel, int items) {
    enqueue(kernel, items);
    finish();
  }

  private void enqueue(cl_kernel kernel, int items) {
    long[] local = {cpu ? 1 : 64};
    Status.check(
        clEnqueueNDRangeKernel(queue, kernel, 1, null, new long[] {items}, local, 0, null, null),
        "clEnqueueNDRangeKernel");
  }

  private void finish() {
    Status.check(clFinish(queue), "clFinish");
  }

  private static void argument(cl_kernel kernel, int index, cl_mem memory) {
    Status.check(
        clSetKernelArg(kernel, index, Sizeof.cl_mem, Pointer.to(memory)), "clSetKernelArg");
  }

  private static void argument(cl_kernel kernel, int index, int value) {
    Status.check(
        clSetKernelArg(kernel, index, Sizeof.cl_int, Pointer.to(new int[] {value})),
        "clSetKernelArg");
  }

  private void read(cl_mem memory, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    Status.check(
        clEnqueueReadBuffer(
            queue, memory, CL_TRUE, 0, bytes.capacity(), Pointer.to(bytes), 0, null, null),
        "clEnqueueReadBuffer");
    bytes.asFloatBuffer().get(values);
  }
}
