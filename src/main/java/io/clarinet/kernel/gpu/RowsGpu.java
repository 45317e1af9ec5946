package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.AxisRows;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/**
 * Puts together the offer of a kernel that makes a row of each row of a plain value.
 *
 * @param flops float operations of an element
 * @param bytes of local memory of a work-item
 */
record RowsGpu(String kernel, Map<String, String> defines, double flops, int bytes) {

  Offer offer(AxisRows rows, List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = rows.declined();
    if (declined != null) {
      return declined;
    }
    RowTeams teams = RowTeams.of(rows.count(), rows.length(), rows.inner(), device);
    int itemRows = rows.alongBatch() ? rows.item() : rows.item() / rows.length();
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs);
    return offer
        .launch(
            kernel,
            teams.defines(defines),
            teams.range(),
            new Arguments()
                .input(0)
                .output()
                .ints(rows.length(), rows.inner(), itemRows, rows.count())
                .ints(rows.alongBatch() ? 1 : 0),
            teams.work(flops, bytes),
            offer.bytes())
        .accept();
  }
}
