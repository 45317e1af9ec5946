package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Op;
import io.clarinet.op.Unary;
import java.util.List;
import java.util.stream.Stream;

/** The kernels for GPUs; behind them those for CPU devices, for what they decline. */
public final class GpuKernels {
  private static final KernelTable<Op> TABLE =
      new KernelTable<Op>(reorder -> List.of())
          .row(Conv2d.class, GpuKernels::convolutions)
          .row(Unary.class, op -> List.of(new UnaryGpu(op), new UnaryPlainGpu(op)))
          .orElse(OpenClKernels.table(), OneItemAGroup::new);

  private GpuKernels() {}

  private static List<Kernel> convolutions(Conv2d op) {
    return Stream.of(Conv2dStemGpu.of(op), Conv2dGemm.of(op)).flatMap(List::stream).toList();
  }

  /** The table, a row for each operator. */
  public static KernelTable<Op> table() {
    return TABLE;
  }
}
