package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_VENDOR;

import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Simt;
import org.jocl.cl_device_id;

/**
 * What drivers of GPUs tell beyond OpenCL, 0 where they do not, and what follows from it.
 *
 * @param capability NVIDIA's compute capability, 90 for 9.0
 * @param lanes work-items that step together
 * @param executionUnits Intel's execution units in a subslice, which is what runs a work-group
 * @param threads Intel's hardware threads of an execution unit
 */
record GpuFacts(
    Microarchitecture architecture, int capability, int lanes, int executionUnits, int threads) {
  private static final int COMPUTE_CAPABILITY_MAJOR_NV = 0x4000;
  private static final int COMPUTE_CAPABILITY_MINOR_NV = 0x4001;
  private static final int WARP_SIZE_NV = 0x4003;
  private static final int WAVEFRONT_WIDTH_AMD = 0x4043;
  private static final int NUM_EUS_PER_SUB_SLICE_INTEL = 0x4254;
  private static final int NUM_THREADS_PER_EU_INTEL = 0x4255;

  private static final int MOST_LANES = 128;

  /** Execution units and threads of a subslice of Gen9. */
  private static final int GEN9_UNITS = 8;

  private static final int GEN9_THREADS = 7;

  /** Registers of 32 bits that a thread of an execution unit has: 128 of 32 bytes. */
  private static final int THREAD_REGISTERS = 1 << 10;

  /** Nothing told. */
  static GpuFacts of(Microarchitecture architecture) {
    return new GpuFacts(architecture, 0, 0, 0, 0);
  }

  /** What this GPU's driver tells. */
  static GpuFacts of(cl_device_id device) {
    Microarchitecture architecture =
        Microarchitecture.of(
            Query.text(device, CL_DEVICE_VENDOR), Query.text(device, CL_DEVICE_NAME));
    return of(device, architecture);
  }

  static GpuFacts of(cl_device_id device, Microarchitecture architecture) {
    return switch (architecture) {
      case NVIDIA ->
          new GpuFacts(
              architecture,
              10 * Query.integerOr(device, COMPUTE_CAPABILITY_MAJOR_NV, 0)
                  + Query.integerOr(device, COMPUTE_CAPABILITY_MINOR_NV, 0),
              Query.integerOr(device, WARP_SIZE_NV, 0),
              0,
              0);
      case RDNA, CDNA ->
          new GpuFacts(architecture, 0, Query.integerOr(device, WAVEFRONT_WIDTH_AMD, 0), 0, 0);
      case INTEL ->
          new GpuFacts(
              architecture,
              0,
              0,
              Query.integerOr(device, NUM_EUS_PER_SUB_SLICE_INTEL, 0),
              Query.integerOr(device, NUM_THREADS_PER_EU_INTEL, 0));
      default -> of(architecture);
    };
  }

  /** With the lanes that a built kernel tells, where the device tells none. */
  GpuFacts orLanes(int ofKernel) {
    return lanes > 0
        ? this
        : new GpuFacts(architecture, capability, ofKernel, executionUnits, threads);
  }

  /** How it runs work-items side by side. */
  Simt simt(int largestGroup, boolean unified) {
    Simt base =
        switch (architecture) {
          case NVIDIA -> NvidiaGeneration.of(capability).simt();
          case INTEL -> subslice();
          default -> Simt.typical(architecture);
        };
    boolean told = lanes >= GEN9_UNITS && lanes <= MOST_LANES && Integer.bitCount(lanes) == 1;
    return base.with(told ? lanes : base.lanes(), largestGroup, unified);
  }

  private Simt subslice() {
    Simt gen9 = Simt.typical(Microarchitecture.INTEL);
    int hardwareThreads = unitsInOne() * (threads > 0 ? threads : GEN9_THREADS);
    return new Simt(
        gen9.architecture(),
        gen9.lanes(),
        gen9.groupSize(),
        gen9.cores() * unitsInOne() / GEN9_UNITS,
        hardwareThreads * gen9.lanes(),
        gen9.groups(),
        hardwareThreads * THREAD_REGISTERS,
        gen9.localBytes() * Math.max(1, unitsInOne() / GEN9_UNITS),
        gen9.unified());
  }

  private int unitsInOne() {
    if (architecture != Microarchitecture.INTEL) {
      return 1;
    }
    return executionUnits > 0 ? executionUnits : GEN9_UNITS;
  }

  /** Units that run work-groups, of those that OpenCL counts. */
  int units(int told) {
    return Math.max(1, told / unitsInOne());
  }

  /** The L2, or as much of it as all generations have; NVIDIA and AMD tell the sizes of L1. */
  long cacheBytes(long told, int units) {
    return switch (architecture) {
      case NVIDIA -> NvidiaGeneration.of(capability).cacheBytes(units);
      case RDNA -> Math.max(told, 2 << 20);
      case CDNA -> Math.max(told, 4 << 20);
      default -> told;
    };
  }
}
