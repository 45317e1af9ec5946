package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/**
 * Puts together the offer of a kernel that takes plain values row by row.
 *
 * @param extent elements of a row
 * @param stride distance between neighbours of one row, in elements
 */
record RowsLaunch(long extent, long stride) {

  /**
   * The offer.
   *
   * @param own the kernel's last scalars
   */
  Offer offer(
      String kernel,
      Map<String, String> defines,
      List<Fact> inputs,
      List<Fact> outputs,
      DeviceProfile device,
      int... own) {
    AxisRows rows = AxisRows.of(inputs.get(0).shape(), extent, stride);
    Offer.Decline declined = rows.declined();
    if (declined != null) {
      return declined;
    }
    int runs = ceilDiv(rows.inner(), device.channelBlock());
    NdRange range =
        rows.alongBatch()
            ? NdRange.items(runs)
            : NdRange.items(runs, rows.item() / rows.length() / rows.inner(), rows.items());
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            kernel,
            defines,
            range,
            new Arguments()
                .input(0)
                .output()
                .ints(rows.length(), rows.inner(), rows.alongBatch() ? 1 : 0)
                .ints(own))
        .accept(1);
  }
}
