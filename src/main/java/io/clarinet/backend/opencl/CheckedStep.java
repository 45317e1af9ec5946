package io.clarinet.backend.opencl;

import io.clarinet.backend.Transfer;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.plan.Step;
import io.clarinet.plan.StepException;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import org.jocl.cl_command_queue;

/** Launches whose indices are checked once they are done, for which the host waits. */
final class CheckedStep implements OpenClStep {
  private final DeviceStep launches;
  private final IndexCheck check;
  private final Transfer transfer;
  private final Tensor before;
  private final Tensor after;

  /**
   * @param transfer from and to the check's region
   * @param region its shape in floats
   */
  CheckedStep(DeviceStep launches, IndexCheck check, Transfer transfer, Shape region) {
    this.launches = launches;
    this.check = check;
    this.transfer = transfer;
    this.before = Tensor.zeros(region);
    this.after = Tensor.zeros(region);
    before.bytes().putLong(0, IndexCheck.NOTHING);
  }

  @Override
  public Step step() {
    return launches.step();
  }

  @Override
  public void run(cl_command_queue queue) {
    transfer.write(before);
    launches.run(queue);
    require();
  }

  @Override
  public void trace(cl_command_queue queue, Recorder recorder, int index) {
    transfer.write(before);
    launches.trace(queue, recorder, index);
    recorder.finish();
    require();
  }

  /**
   * @throws StepException telling an index that is outside of its axis
   */
  private void require() {
    transfer.read(after);
    ByteBuffer told = after.bytes();
    try {
      check.require(told.getLong(0));
    } catch (IllegalArgumentException e) {
      throw step().refused(e);
    }
  }

  @Override
  public void close() {
    launches.close();
    transfer.close();
  }
}
