package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_CACHE_SIZE;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_HOST_UNIFIED_MEMORY;
import static org.jocl.CL.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_MEM_BASE_ADDR_ALIGN;
import static org.jocl.CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT;
import static org.jocl.CL.CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT;

import io.clarinet.backend.Calibration;
import io.clarinet.backend.DeviceException;
import io.clarinet.backend.KeptCalibration;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Simt;
import org.jocl.cl_command_queue;
import org.jocl.cl_device_id;

/** Asks a small known question of a device, and gathers what planning must know of it. */
final class DeviceCheck {
  private static final int SMOKE_ROUNDS = 5;

  /** Alignment of a buffer's start in bytes, as OpenCL demands: that of a vector of 16 longs. */
  private static final int LEAST_ALIGNMENT = 128;

  /** Work-items of a group that any GPU runs. */
  private static final int LEAST_GROUP = 64;

  /** More than this no GPU runs well. */
  private static final int LARGEST_GROUP = 1024;

  private DeviceCheck() {}

  /**
   * The device as planning sees it.
   *
   * @param quiet called before it is measured
   * @throws DeviceException if the device answers the known question wrongly
   */
  static DeviceProfile profile(
      DeviceContext context,
      Programs programs,
      OpenClOptions options,
      KeptCalibration calibration,
      Runnable quiet) {
    cl_device_id device = context.device();
    boolean cpu = isCpu(context);
    int width = width(context);
    try (Handle<cl_command_queue> queue = context.queue(false)) {
      Meter meter = meter(context, programs, queue.get());
      requireRightAnswer(meter, context.listed());
      Calibration measured = calibration.get(() -> measured(meter, quiet));
      String name = context.listed().name();
      if (cpu && !options.overrides().gpu()) {
        return new DeviceProfile(
            name,
            DeviceProfile.Kind.CPU,
            options.overrides().channelBlock() == 0 ? width : options.overrides().channelBlock(),
            limits(device, GpuFacts.of(Microarchitecture.UNKNOWN), options),
            measured.speed());
      }
      GpuFacts facts =
          cpu
              ? GpuFacts.of(Microarchitecture.UNKNOWN)
              : GpuFacts.of(device).orLanes(meter.groupMultiple());
      return DeviceProfile.gpu(
          name, simt(device, facts, options), limits(device, facts, options), measured.speed());
    }
  }

  /** What measures a device. */
  static Meter meter(DeviceContext context, Programs programs, cl_command_queue queue) {
    int units = Query.integer(context.device(), CL_DEVICE_MAX_COMPUTE_UNITS);
    int width = width(context);
    return new Meter(context, programs, queue, isCpu(context), units, width, Stopwatch.REAL);
  }

  private static boolean isCpu(DeviceContext context) {
    return context.listed().type().equals("cpu");
  }

  private static int width(DeviceContext context) {
    return isCpu(context) ? vectorWidth(context.device()) : 4;
  }

  private static Calibration measured(Meter meter, Runnable quiet) {
    quiet.run();
    return measured(meter);
  }

  /** Measured now, in about a fifth of a second, or some seconds on a simulator. */
  static Calibration measured(Meter meter) {
    return Calibration.rounded(meter.peakFlops(), meter.bandwidth(), meter.launchSeconds());
  }

  private static DeviceLimits limits(cl_device_id device, GpuFacts facts, OpenClOptions options) {
    int units = facts.units(Query.integer(device, CL_DEVICE_MAX_COMPUTE_UNITS));
    return new DeviceLimits(
        units,
        localMemory(device, options),
        Query.size(device, CL_DEVICE_GLOBAL_MEM_SIZE),
        Query.size(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        Math.max(
            LEAST_ALIGNMENT, Query.integerOr(device, CL_DEVICE_MEM_BASE_ADDR_ALIGN, 0) / Byte.SIZE),
        facts.cacheBytes(Query.sizeOr(device, CL_DEVICE_GLOBAL_MEM_CACHE_SIZE, 0), units));
  }

  @SuppressWarnings("deprecation")
  private static Simt simt(cl_device_id device, GpuFacts facts, OpenClOptions options) {
    long most = Query.sizeOr(device, CL_DEVICE_MAX_WORK_GROUP_SIZE, LEAST_GROUP);
    long group =
        options.overrides().groupSize() == 0
            ? most
            : Math.min(options.overrides().groupSize(), most);
    boolean unified = Query.integerOr(device, CL_DEVICE_HOST_UNIFIED_MEMORY, 0) != 0;
    return facts.simt((int) Math.min(group, LARGEST_GROUP), unified);
  }

  private static int vectorWidth(cl_device_id device) {
    int width =
        Math.max(
            Query.integer(device, CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
            Query.integer(device, CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT));
    return width >= 16 ? 16 : width >= 8 ? 8 : 4;
  }

  private static long localMemory(cl_device_id device, OpenClOptions options) {
    long own = Math.min(Query.size(device, CL_DEVICE_LOCAL_MEM_SIZE), Integer.MAX_VALUE);
    return options.overrides().localMemoryBytes() == 0
        ? own
        : options.overrides().localMemoryBytes();
  }

  private static void requireRightAnswer(Meter meter, ListedDevice device) {
    float[] got = meter.flops(SMOKE_ROUNDS);
    for (int i = 0; i < got.length; i++) {
      float expected = meter.expectedFlopsSum(i, SMOKE_ROUNDS);
      if (got[i] != expected) {
        throw new DeviceException(
            device + " computes wrongly: " + got[i] + " where " + expected + " is right");
      }
    }
  }
}
