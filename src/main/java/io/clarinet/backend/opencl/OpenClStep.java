package io.clarinet.backend.opencl;

import io.clarinet.backend.DeviceException;
import io.clarinet.plan.Step;
import org.jocl.CLException;
import org.jocl.cl_command_queue;

/** A step of a plan, ready to run on one lane. */
sealed interface OpenClStep extends AutoCloseable permits DeviceStep, CheckedStep, HostStep, Chain {

  Step step();

  /** Runs or enqueues the step. */
  void run(cl_command_queue queue);

  /** Runs like {@link #run}, on a recorder's queue. */
  void trace(cl_command_queue queue, Recorder recorder, int index);

  @Override
  default void close() {}

  /** A failure of this step, told with its node, operator and kernel. */
  static DeviceException failure(Step step, ListedDevice device, RuntimeException cause) {
    String message =
        "step \""
            + step.node()
            + "\" ("
            + step.op()
            + ", kernel "
            + step.kernel()
            + ") failed on "
            + device
            + ": "
            + (cause instanceof CLException
                ? "OpenCL call gave " + cause.getMessage()
                : cause.getMessage());
    return cause instanceof DeviceException known && known.isOutOfMemory()
        ? DeviceException.outOfMemory(message, cause)
        : new DeviceException(message, cause);
  }
}
