package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Kernel;
import java.util.List;

/** Tells the kernels for GPUs from those for CPU devices behind them. */
public final class GpuFamily {
  private GpuFamily() {}

  /** The kernels for GPUs among these. */
  public static List<Kernel> of(List<Kernel> kernels) {
    return kernels.stream().filter(kernel -> !(kernel instanceof OneItemAGroup)).toList();
  }
}
