package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * Puts together the offer of a kernel that takes plain values row by row: rows within a batch item,
 * or along the batch.
 *
 * @param extent elements of a row
 * @param stride distance between neighbours of one row, in elements
 */
public record RowsLaunch(long extent, long stride) {

  public Offer offer(
      String kernel,
      Map<String, String> defines,
      List<Fact> inputs,
      List<Fact> outputs,
      DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    int items = x.rank() < 2 ? 1 : x.n();
    int length = (int) extent;
    int inner = (int) stride;
    int item = (int) (x.size() / items);
    boolean alongBatch = items > 1 && extent * stride > item;
    if (alongBatch && inner != item) {
      return new Offer.Decline("takes the batch and more as one");
    }
    int runs = ceilDiv(inner, device.channelBlock());
    NdRange range =
        alongBatch ? NdRange.items(runs) : NdRange.items(runs, item / length / inner, items);
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            kernel,
            defines,
            range,
            new Arguments().input(0).output().ints(length, inner, alongBatch ? 1 : 0))
        .accept();
  }
}
