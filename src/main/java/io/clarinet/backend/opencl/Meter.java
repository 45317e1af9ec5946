package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_TRUE;
import static org.jocl.CL.clEnqueueFillBuffer;
import static org.jocl.CL.clEnqueueReadBuffer;

import io.clarinet.backend.SpeedMeter;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Speed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jocl.Pointer;
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

  /** Launches of a burst where the best agree, and where they do not. */
  private static final int FEWEST = 4;

  private static final int MOST = 12;

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
    try (MeterKernel kernel = flopsKernel()) {
      kernel.argument(1, rounds);
      kernel.enqueue(flopsItems());
      read(kernel.buffer(0), sums);
    }
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
    try (MeterKernel kernel = flopsKernel()) {
      int rounds = longEnough(kernel, 1, 3, 10);
      stopwatch.repeat(WARM_UP, () -> kernel.run(flopsItems()));
      rounds = longEnough(kernel, rounds, 16, 60);
      return operations(rounds) / timeFlops(kernel, rounds, 16, 60);
    }
  }

  private double operations(int rounds) {
    return 2.0 * CHAINS * width * flopsItems() * rounds;
  }

  /** Rounds that are no fewer than given and take long enough, however busy others are. */
  private int longEnough(MeterKernel kernel, int least, int fewest, int most) {
    int rounds = least;
    while (rounds < 1 << 28 && timeFlops(kernel, rounds, fewest, most) < LONG_ENOUGH) {
      rounds *= 2;
    }
    return rounds;
  }

  /** Seconds that one launch of a kernel costs that has nothing to do. */
  double launchSeconds() {
    try (MeterKernel kernel = flopsKernel()) {
      double once = timeFlops(kernel, 1, 3, 10);
      return once > LONG_ENOUGH
          ? once
          : stopwatch.best(8, 16, () -> launchInARow(kernel)) / LAUNCHES;
    }
  }

  private void launchInARow(MeterKernel kernel) {
    for (int i = 0; i < LAUNCHES; i++) {
      kernel.argument(1, 1);
      kernel.enqueue(flopsItems());
    }
    kernel.finish();
  }

  private double timeFlops(MeterKernel kernel, int rounds, int fewest, int most) {
    kernel.argument(1, rounds);
    return stopwatch.best(fewest, most, () -> kernel.run(flopsItems()));
  }

  private MeterKernel flopsKernel() {
    return kernel("calibrate_flops", (long) flopsItems() * width * Float.BYTES);
  }

  /** A kernel whose first arguments are buffers of these sizes. */
  private MeterKernel kernel(String name, long... bytes) {
    MeterKernel kernel = new MeterKernel(queue, program(name).kernel(), cpu ? 1 : 64);
    return kernel.orClosed(
        () -> {
          Arrays.stream(bytes).mapToObj(context::buffer).forEach(kernel::add);
          return kernel;
        });
  }

  /** Best bytes a second at which a buffer beyond the caches is read. */
  double bandwidth() {
    double seconds = secondsToRead(glance(), 2);
    return isSlow(seconds)
        ? readBytes(glance()) / seconds
        : readBytes(wholeCount()) / secondsToRead(wholeCount(), 8);
  }

  private int slices() {
    return cpu ? units * 8 : units * 1024;
  }

  /** Vectors that each slice of the buffer has. */
  private int wholeCount() {
    return (int) (BANDWIDTH_BYTES / Float.BYTES / width / slices()) / 4 * 4;
  }

  private int glance() {
    return Math.max(4, wholeCount() / GLANCE / 4 * 4);
  }

  private double readBytes(int count) {
    return (double) slices() * count * width * Float.BYTES;
  }

  private double secondsToRead(int count, int most) {
    try (MeterKernel kernel = reader(count)) {
      double seconds = stopwatch.best(4, most, () -> kernel.run(slices()));
      programs.ran(Set.of(program("calibrate_bandwidth")));
      return seconds;
    }
  }

  /** A kernel that reads so many vectors a slice, and has done so once. */
  private MeterKernel reader(int count) {
    long bytes = (long) readBytes(count);
    MeterKernel kernel =
        kernel("calibrate_bandwidth", bytes, (long) slices() * width * Float.BYTES);
    return kernel.orClosed(
        () -> {
          fill(kernel, bytes);
          kernel.argument(2, count);
          kernel.argument(3, cpu ? count : 1);
          kernel.argument(4, cpu ? 1 : slices());
          kernel.run(slices());
          return kernel;
        });
  }

  private void fill(MeterKernel kernel, long bytes) {
    float[] ones = new float[16];
    Arrays.fill(ones, 1);
    int size = ones.length * Float.BYTES;
    cl_mem memory = kernel.buffer(0);
    Status.check(
        clEnqueueFillBuffer(queue, memory, Pointer.to(ones), size, 0, bytes, 0, null, null),
        "clEnqueueFillBuffer");
    kernel.finish();
  }

  /** Tells the speed again and again, of kernels whose work is as long as this device needs. */
  SpeedMeter bursts(double launchSeconds) {
    MeterKernel arithmetic = flopsKernel();
    return arithmetic.orClosed(() -> bursts(arithmetic, launchSeconds));
  }

  private SpeedMeter bursts(MeterKernel arithmetic, double launchSeconds) {
    int rounds = longEnough(arithmetic, 1, 3, 10);
    int count = isSlow(secondsToRead(glance(), 2)) ? glance() : wholeCount();
    MeterKernel memory = reader(count);
    return new SpeedMeter() {
      @Override
      public Speed now() {
        double peak = stopwatch.best(FEWEST, MOST, () -> arithmetic.run(flopsItems()));
        double read = stopwatch.best(FEWEST, MOST, () -> memory.run(slices()));
        return Speed.measured(operations(rounds) / peak, readBytes(count) / read, launchSeconds);
      }

      @Override
      public void close() {
        arithmetic.close();
        memory.close();
      }
    };
  }

  /** Whether reading all would take too long for a device that took so long for a glance. */
  private boolean isSlow(double seconds) {
    return seconds / glance() * wholeCount() > Stopwatch.LONGEST;
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
