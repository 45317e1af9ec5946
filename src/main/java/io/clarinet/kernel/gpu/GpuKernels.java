package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.opencl.AffineGridKernel;
import io.clarinet.kernel.opencl.BinaryBlocked;
import io.clarinet.kernel.opencl.Col2ImKernel;
import io.clarinet.kernel.opencl.GridSampleKernel;
import io.clarinet.kernel.opencl.MaxPoolKernel;
import io.clarinet.kernel.opencl.MaxRoiPoolKernel;
import io.clarinet.kernel.opencl.MaxUnpoolKernel;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.kernel.opencl.PadKernel;
import io.clarinet.kernel.opencl.PickAtKernel;
import io.clarinet.kernel.opencl.ResidualAdd;
import io.clarinet.kernel.opencl.ResizeKernel;
import io.clarinet.kernel.opencl.RoiAlignKernel;
import io.clarinet.kernel.opencl.ScatterAtKernel;
import io.clarinet.kernel.opencl.SliceBlocked;
import io.clarinet.op.AffineGrid;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Col2Im;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.CumSum;
import io.clarinet.op.Dense;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Expand;
import io.clarinet.op.Gather;
import io.clarinet.op.GatherElements;
import io.clarinet.op.GatherNd;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.GridSample;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.Hardmax;
import io.clarinet.op.Indexed;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Lrn;
import io.clarinet.op.MatMul;
import io.clarinet.op.MaxRoiPool;
import io.clarinet.op.MaxUnpool;
import io.clarinet.op.OneHot;
import io.clarinet.op.Op;
import io.clarinet.op.Pad;
import io.clarinet.op.Pool2d;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Reduce;
import io.clarinet.op.Resize;
import io.clarinet.op.RoiAlign;
import io.clarinet.op.Scatter;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.Split;
import io.clarinet.op.Tile;
import io.clarinet.op.Transpose;
import io.clarinet.op.Trilu;
import io.clarinet.op.Unary;
import java.util.List;
import java.util.stream.Stream;

/** The kernels for GPUs; behind them those for CPU devices, for what they decline. */
public final class GpuKernels {
  private static final KernelTable<Op> OWN =
      new KernelTable<Op>(reorder -> List.of(new ReorderGpu(reorder)))
          .row(AffineGrid.class, op -> List.of(new PlaceByPlaceGpu(new AffineGridKernel(op))))
          .row(BatchNorm.class, op -> List.of(new BatchNormGpu(op)))
          .row(Binary.class, GpuKernels::binaries)
          .row(Cast.class, op -> List.of(new CastGpu()))
          .row(Col2Im.class, op -> List.of(new PlaceByPlaceGpu(new Col2ImKernel(op))))
          .row(Concat.class, op -> List.of(new ConcatBlockedGpu(op), new ConcatPlainGpu(op)))
          .row(Conv2d.class, GpuKernels::convolutions)
          .row(ConvTranspose.class, ConvTransposeGpu::of)
          .row(CumSum.class, op -> List.of(CumSumGpu.of(op)))
          .row(Dense.class, GpuKernels::dense)
          .row(DepthToSpace.class, RearrangementGpu::of)
          .row(Expand.class, RearrangementGpu::of)
          .row(Gather.class, GpuKernels::gathers)
          .row(GatherElements.class, GpuKernels::pickings)
          .row(GatherNd.class, GpuKernels::pickings)
          .row(GlobalPool2d.class, op -> List.of(new GlobalPool2dGpu(op)))
          .row(GridSample.class, op -> List.of(new PlaceByPlaceGpu(new GridSampleKernel(op))))
          .row(GroupNorm.class, op -> List.of(new GroupNormGpu(op)))
          .row(Hardmax.class, op -> List.of(new HardmaxGpu(op)))
          .row(LayerNorm.class, op -> List.of(new LayerNormGpu(op)))
          .row(Lrn.class, op -> List.of(new LrnGpu(op)))
          .row(MatMul.class, MatMulGpu::of)
          .row(MaxRoiPool.class, op -> List.of(new PlaceByPlaceGpu(new MaxRoiPoolKernel(op))))
          .row(MaxUnpool.class, op -> List.of(new MaxUnpoolGpu(new MaxUnpoolKernel(op))))
          .row(OneHot.class, op -> List.of(OneHotGpu.of(op)))
          .row(Pad.class, op -> List.of(new PadGpu(new PadKernel(op))))
          .row(Pool2d.class, GpuKernels::poolings)
          .row(PoolNd.class, op -> List.of(new PlaceByPlaceGpu(new MaxPoolKernel(op))))
          .row(Reduce.class, op -> List.of(new ReduceImageGpu(op), new ReduceGpu(op)))
          .row(Resize.class, op -> List.of(new ResizeGpu(new ResizeKernel(op))))
          .row(RoiAlign.class, op -> List.of(new PlaceByPlaceGpu(new RoiAlignKernel(op))))
          .row(Scatter.class, GpuKernels::scatters)
          .row(Slice.class, GpuKernels::slices)
          .row(Softmax.class, op -> List.of(new SoftmaxGpu(op)))
          .row(SpaceToDepth.class, RearrangementGpu::of)
          .row(Split.class, RearrangementGpu::of)
          .row(Tile.class, RearrangementGpu::of)
          .row(Transpose.class, RearrangementGpu::of)
          .row(Trilu.class, op -> List.of(new PickGpu(op)))
          .row(Unary.class, op -> List.of(new UnaryGpu(op), new UnaryPlainGpu(op)));

  private static final KernelTable<Op> TABLE =
      OWN.orElse(OpenClKernels.table(), OneItemAGroup::new);

  private GpuKernels() {}

  private static List<Kernel> binaries(Binary op) {
    return List.of(
        new ResidualAddGpu(new ResidualAdd(op)),
        new BinaryBlockedGpu(new BinaryBlocked(op)),
        new BinaryPlainGpu(op));
  }

  private static List<Kernel> gathers(Gather op) {
    return Stream.concat(RearrangementGpu.of(op).stream(), pickings(op).stream()).toList();
  }

  private static List<Kernel> pickings(Indexed op) {
    return List.of(new PickGpu(op), new PickAtGpu(new PickAtKernel(op)));
  }

  private static List<Kernel> scatters(Scatter op) {
    return List.of(new ScatterGpu(op), new ScatterAtGpu(new ScatterAtKernel(op)));
  }

  private static List<Kernel> slices(Slice op) {
    List<Kernel> plain = RearrangementGpu.of(op);
    return Stream.concat(Stream.of(new SliceBlockedGpu(new SliceBlocked(op))), plain.stream())
        .toList();
  }

  private static List<Kernel> dense(Dense op) {
    return Stream.of(DenseGpu.of(op), DenseGemm.of(op)).flatMap(List::stream).toList();
  }

  private static List<Kernel> convolutions(Conv2d op) {
    return Stream.of(
            Conv2dStemGpu.of(op),
            Conv2dGemm.of(op),
            Conv2dDepthwiseGpu.of(op),
            Conv2dGroupedGpu.of(op),
            WinogradGpu.of(op))
        .flatMap(List::stream)
        .toList();
  }

  /** The kernels for GPUs alone. */
  static KernelTable<Op> own() {
    return OWN;
  }

  private static List<Kernel> poolings(Pool2d op) {
    return Stream.concat(Stream.of(new Pool2dWholeGpu(op)), Pool2dGpu.of(op).stream()).toList();
  }

  /** The table, a row for each operator. */
  public static KernelTable<Op> table() {
    return TABLE;
  }
}
