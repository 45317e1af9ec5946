package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_DEVICE_EXTENSIONS;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_OPENCL_C_VERSION;
import static org.jocl.CL.CL_DEVICE_VERSION;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jocl.cl_device_id;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenCL device says of itself. A question that it does not answer does not keep the others
 * from being asked: a text is then the reason, a number -1.
 *
 * @param id of the device; of its platform where that gave none
 * @param version of OpenCL
 * @param language version of OpenCL C
 * @param memoryBytes all of its memory
 * @param largestBufferBytes the largest part of it that can be had at once
 * @param fp16 whether it computes in half precision
 * @param fp64 whether it computes in double precision
 */
public record DeviceFacts(
    String id,
    String name,
    String type,
    String driver,
    String version,
    String language,
    long computeUnits,
    long workGroupSize,
    long memoryBytes,
    long largestBufferBytes,
    long localMemoryBytes,
    boolean fp16,
    boolean fp64,
    List<String> extensions,
    boolean usable,
    String reason) {

  static DeviceFacts of(Platform.Found found) {
    ListedDevice listed = found.listed();
    cl_device_id device = found.handle();
    List<String> extensions = List.of(text(device, CL_DEVICE_EXTENSIONS).split(" +", -1));
    return new DeviceFacts(
        listed.id(),
        listed.name(),
        listed.type(),
        listed.driver(),
        text(device, CL_DEVICE_VERSION),
        text(device, CL_DEVICE_OPENCL_C_VERSION),
        device == null ? -1 : orNone(() -> Query.integer(device, CL_DEVICE_MAX_COMPUTE_UNITS)),
        size(device, CL_DEVICE_MAX_WORK_GROUP_SIZE),
        size(device, CL_DEVICE_GLOBAL_MEM_SIZE),
        size(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        size(device, CL_DEVICE_LOCAL_MEM_SIZE),
        extensions.contains("cl_khr_fp16"),
        extensions.contains("cl_khr_fp64"),
        extensions,
        listed.usable(),
        listed.reason());
  }

  private static String text(@Nullable cl_device_id device, int what) {
    return device == null ? "" : orReason(() -> Query.text(device, what));
  }

  private static long size(@Nullable cl_device_id device, int what) {
    return device == null ? -1 : orNone(() -> Query.size(device, what));
  }

  /** The answer, or why there is none. */
  @SuppressWarnings("CatchingUnchecked")
  static String orReason(Supplier<String> question) {
    try {
      return question.get();
    } catch (Throwable e) {
      return Status.reason(e);
    }
  }

  @SuppressWarnings("CatchingUnchecked")
  private static long orNone(LongSupplier question) {
    try {
      return question.getAsLong();
    } catch (Throwable e) {
      return -1;
    }
  }
}
