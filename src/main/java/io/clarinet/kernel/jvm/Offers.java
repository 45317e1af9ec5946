package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Offers of kernels that keep one layout and are bound by memory. */
final class Offers {
  private Offers() {}

  /** An offer that reads and writes every value in one layout. */
  static Offer.Accept of(
      JvmKernel work,
      Layout layout,
      List<Fact> inputs,
      List<Fact> outputs,
      List<Offer.Packed> packed,
      DeviceProfile device) {
    return new Offer.Accept(
        new Work.Jvm(work),
        Collections.nCopies(inputs.size(), layout),
        Collections.nCopies(outputs.size(), layout),
        packed,
        List.of(),
        seconds(layout, inputs, outputs, device));
  }

  /** Predicted time of reading all inputs and writing all outputs once. */
  static double seconds(
      Layout layout, List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    List<Fact> all = new ArrayList<>(inputs);
    all.addAll(outputs);
    double bytes = 0;
    for (Fact value : all) {
      boolean fits = !layout.isBlocked() || value.shape().rank() == 4;
      bytes += 4.0 * (fits ? layout.elements(value.shape()) : value.shape().size());
    }
    return device.seconds(0, bytes);
  }
}
