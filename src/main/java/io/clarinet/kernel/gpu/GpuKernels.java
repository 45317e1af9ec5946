package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.Hardmax;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Lrn;
import io.clarinet.op.Op;
import io.clarinet.op.Reduce;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import java.util.List;
import java.util.stream.Stream;

/** The kernels for GPUs; behind them those for CPU devices, for what they decline. */
public final class GpuKernels {
  private static final KernelTable<Op> TABLE =
      new KernelTable<Op>(reorder -> List.of())
          .row(BatchNorm.class, op -> List.of(new BatchNormGpu(op)))
          .row(Conv2d.class, GpuKernels::convolutions)
          .row(ConvTranspose.class, ConvTransposeGpu::of)
          .row(GlobalPool2d.class, op -> List.of(new GlobalPool2dGpu(op)))
          .row(GroupNorm.class, op -> List.of(new GroupNormGpu(op)))
          .row(Hardmax.class, op -> List.of(new HardmaxGpu(op)))
          .row(LayerNorm.class, op -> List.of(new LayerNormGpu(op)))
          .row(Lrn.class, op -> List.of(new LrnGpu(op)))
          .row(Reduce.class, op -> List.of(new ReduceImageGpu(op), new ReduceGpu(op)))
          .row(Softmax.class, op -> List.of(new SoftmaxGpu(op)))
          .row(Unary.class, op -> List.of(new UnaryGpu(op), new UnaryPlainGpu(op)))
          .orElse(OpenClKernels.table(), OneItemAGroup::new);

  private GpuKernels() {}

  private static List<Kernel> convolutions(Conv2d op) {
    return Stream.of(
            Conv2dStemGpu.of(op),
            Conv2dGemm.of(op),
            Conv2dDepthwiseGpu.of(op),
            Conv2dGroupedGpu.of(op))
        .flatMap(List::stream)
        .toList();
  }

  /** The table, a row for each operator. */
  public static KernelTable<Op> table() {
    return TABLE;
  }
}
