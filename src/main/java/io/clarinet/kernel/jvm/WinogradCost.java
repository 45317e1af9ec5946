package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How a Winograd convolution is cut into tasks, and its predicted time. */
record WinogradCost(WinogradSteps steps, DeviceProfile device) {
  /** Groups of the longest run of tiles. */
  private static final int MOST_GROUPS = 8;

  /** What runs may fill, in sizes of the cache that all cores have. */
  private static final int ROOM = 2;

  /** Runs a thread, above which waiting threads cost less than a sixteenth. */
  private static final int MANY_RUNS = 16;

  /** Scratch that three loops take at most, in sizes of input and output together. */
  private static final int MOST_SCRATCH = 4;

  /** Share of the peak that the matrix products reach where weights are in the cache. */
  private static final double SHARE_OF_PEAK = 0.85;

  /** Cycles to transform one block of a tile's inputs or outputs, per point, by measurement. */
  private static final double TRANSFORM_CYCLES = 8;

  /** Float operations of a vector's lane in a cycle at the peak: two units multiply and add. */
  private static final int PER_CYCLE = 4;

  /** Read speed of the cache behind the cores' own as a multiple of memory's. */
  private static final double CACHE_GAIN = 1.5;

  /** Bytes that this cache holds for us, where the device does not say. */
  private static final double SHARED_CACHE = 16 << 20;

  /**
   * Share of the shorter of arithmetic and memory that does not overlap with the other: more than
   * on OpenCL devices, since nothing is asked for ahead.
   */
  private static final double EXPOSED = 0.4;

  /** Three loops, in as few parts as {@link #MOST_SCRATCH} allows. */
  WinogradStaged staged() {
    int threads = device.limits().computeUnits();
    double most =
        Math.min(
            MOST_SCRATCH * (inputBytes() + outputBytes()),
            (double) device.limits().maxAllocationBytes());
    double scratch = 4.0 * new WinogradStaged(steps, 1, threads).scratchFloats();
    int parts = Math.min(steps.tiles().groups(), (int) Math.ceil(scratch / most));
    return new WinogradStaged(steps, Math.max(1, parts), threads);
  }

  /** The runs of tiles of the shortest predicted time. */
  WinogradFused fused() {
    return IntStream.rangeClosed(1, MOST_GROUPS)
        .boxed()
        .flatMap(groups -> shares().mapToObj(shares -> fused(groups, shares)))
        .filter(work -> fits(work) || work.runs() == steps.tiles().groups())
        .min(Comparator.comparingDouble(this::seconds))
        .orElseThrow();
  }

  /** Whether tiles and products stay in a core's cache: a megabyte since Zen 4 and Skylake-SP. */
  private boolean fits(WinogradFused work) {
    return 4L * work.scratchFloats() <= ROOM * device.limits().localMemoryBytes();
  }

  private IntStream shares() {
    int threads = device.limits().computeUnits();
    return IntStream.of(1, threads, 2 * threads)
        .filter(s -> s <= steps.product().columns())
        .distinct();
  }

  /** Runs of about so many groups that keep all threads busy. */
  private WinogradFused fused(int groups, int shares) {
    int threads = device.limits().computeUnits();
    int runs = ceilDiv(steps.tiles().groups(), groups);
    boolean even = shares == 1 && runs < MANY_RUNS * threads;
    int all = even ? ceilDiv(runs, threads) * threads : runs;
    return new WinogradFused(steps, Math.min(steps.tiles().groups(), all), shares);
  }

  double seconds(WinogradFused work) {
    double tasks = (double) work.runs() * work.shares();
    int groups = steps.tiles().groups();
    double uneven = (double) ceilDiv(groups, work.runs()) * work.runs() / groups;
    double flops =
        (multiplyFlops() + work.shares() * inputFlops() + outputFlops())
            * uneven
            * device.limits().imbalance(tasks);
    double cache = device.limits().localMemoryBytes();
    double used = 4.0 * work.scratchFloats();
    int readers = weightBytes() + used <= cache ? device.limits().computeUnits() : work.runs();
    double bytes = inputBytes() + outputBytes() + weightBytes();
    return seconds(flops, bytes + weightBytes() * (readers - 1) / CACHE_GAIN);
  }

  double seconds(WinogradStaged work) {
    double gain = 4.0 * work.scratchFloats() <= SHARED_CACHE ? CACHE_GAIN : 1;
    double held = 4.0 * work.inputFloats() * work.parts() / gain;
    double products = 4.0 * work.productFloats() * work.parts() / gain;
    double uneven = device.limits().imbalance(work.productTasks());
    double input = seconds(inputFlops(), inputBytes() + 2 * held);
    double multiply =
        seconds(multiplyFlops() * uneven, held + 2 * products + weightBytes() * work.parts());
    double output = seconds(outputFlops(), products + 2 * outputBytes());
    return input + multiply + output + 3 * (work.parts() - 1) * device.speed().launchSeconds();
  }

  /** Arithmetic and memory, which overlap in part. */
  private double seconds(double flops, double bytes) {
    double arithmetic = flops / device.speed().peakFlops();
    double memory = bytes / device.speed().bandwidth();
    return device.seconds(flops, bytes) + EXPOSED * Math.min(arithmetic, memory);
  }

  private double multiplyFlops() {
    Geometry g = steps.tiles().geometry();
    double rows = (double) steps.tiles().groups() * WinogradTiles.GROUP;
    double channels = (double) g.inBlocks() * g.block() * g.outBlocks() * g.block();
    double slowness = steps.product().loops().slowness(g.outBlocks());
    return 2 * steps.points() * rows * channels * slowness / SHARE_OF_PEAK;
  }

  private double inputFlops() {
    return transformFlops(steps.product().inBlocks());
  }

  private double outputFlops() {
    return transformFlops(steps.product().outBlocks());
  }

  private double transformFlops(int blocks) {
    double vectors = (double) steps.points() * steps.tiles().count() * blocks;
    return TRANSFORM_CYCLES * vectors * PER_CYCLE * steps.tiles().geometry().block();
  }

  private double weightBytes() {
    return steps.product().weights().bytes();
  }

  private double inputBytes() {
    Geometry g = steps.tiles().geometry();
    return 4.0 * g.batch() * g.inBlocks() * g.block() * g.inPixels();
  }

  private double outputBytes() {
    Geometry g = steps.tiles().geometry();
    return 4.0 * g.batch() * g.outBlocks() * g.block() * g.pixels();
  }
}
