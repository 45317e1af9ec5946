package io.clarinet.kernel.gpu;

import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Op;
import io.clarinet.op.Unary;
import java.util.List;

/** The kernels for GPUs; behind them those for CPU devices, for what they decline. */
public final class GpuKernels {
  private static final KernelTable<Op> TABLE =
      new KernelTable<Op>(reorder -> List.of())
          .row(Unary.class, op -> List.of(new UnaryGpu(op), new UnaryPlainGpu(op)))
          .orElse(OpenClKernels.table(), OneItemAGroup::new);

  private GpuKernels() {}

  /** The table, a row for each operator. */
  public static KernelTable<Op> table() {
    return TABLE;
  }
}
