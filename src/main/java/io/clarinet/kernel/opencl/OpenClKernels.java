package io.clarinet.kernel.opencl;

import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.view.ConcatItems;
import io.clarinet.kernel.view.ConcatJoin;
import io.clarinet.kernel.view.ReshapeView;
import io.clarinet.kernel.view.SliceItems;
import io.clarinet.op.AffineGrid;
import io.clarinet.op.ArgMax;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.BatchStatisticsNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Col2Im;
import io.clarinet.op.Compare;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvNd;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.CumSum;
import io.clarinet.op.Dense;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Dequantize;
import io.clarinet.op.Dropout;
import io.clarinet.op.Expand;
import io.clarinet.op.Fill;
import io.clarinet.op.Gather;
import io.clarinet.op.GatherElements;
import io.clarinet.op.GatherNd;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.GridSample;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.Hardmax;
import io.clarinet.op.If;
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
import io.clarinet.op.Quantize;
import io.clarinet.op.Range;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Resize;
import io.clarinet.op.RoiAlign;
import io.clarinet.op.Scatter;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.Split;
import io.clarinet.op.Tile;
import io.clarinet.op.TopK;
import io.clarinet.op.Transpose;
import io.clarinet.op.Trilu;
import io.clarinet.op.Unary;
import io.clarinet.op.Where;
import java.util.List;

/** The kernels of OpenCL devices. */
public final class OpenClKernels {
  private static final KernelTable<Op> TABLE =
      new KernelTable<Op>(reorder -> List.of(new ReorderKernel(reorder)))
          .row(AffineGrid.class, op -> List.of(new AffineGridKernel(op)))
          .row(BatchNorm.class, op -> List.of(new BatchNormKernel(op)))
          .row(
              Binary.class,
              op -> List.of(new ResidualAdd(op), new BinaryBlocked(op), new BinaryPlain(op)))
          .row(Cast.class, op -> List.of(new CastKernel()))
          .row(Col2Im.class, op -> List.of(new Col2ImKernel(op)))
          .row(
              Concat.class,
              op ->
                  List.of(
                      new ConcatJoin(op),
                      new ConcatItems(op, true),
                      new ConcatItems(op, false),
                      new ConcatBlocked(op),
                      new ConcatPlain(op)))
          .row(
              Conv2d.class,
              op ->
                  List.of(
                      new Conv2d1x1(op),
                      new Conv2dWinograd(op, 4),
                      new Conv2dWinograd(op, 2),
                      new Conv2dWinogradStaged(op, 4),
                      new Conv2dWinogradStaged(op, 2),
                      new Conv2dDirect(op),
                      new Conv2dStem(op),
                      new Conv2dBlockwise(op),
                      new Conv2dGrouped(op)))
          .row(ConvTranspose.class, op -> List.of(new ConvTransposeKernel(op)))
          .row(CumSum.class, op -> List.of(new CumSumKernel(op)))
          .row(Dense.class, op -> List.of(new DenseStream(op), new DenseTile(op)))
          .row(DepthToSpace.class, op -> List.of(PixelBlocksKernel.of(op)))
          .row(Expand.class, op -> List.of(new ExpandKernel()))
          .row(
              Gather.class,
              op ->
                  List.of(
                      new GatherChannels(op),
                      new GatherKernel(op),
                      new PickKernel(op),
                      new PickAtKernel(op)))
          .row(GatherElements.class, op -> List.of(new PickKernel(op), new PickAtKernel(op)))
          .row(GatherNd.class, op -> List.of(new PickKernel(op), new PickAtKernel(op)))
          .row(GlobalPool2d.class, op -> List.of(new GlobalPool2dKernel(op)))
          .row(GridSample.class, op -> List.of(new GridSampleKernel(op)))
          .row(GroupNorm.class, op -> List.of(new GroupNormKernel(op)))
          .row(Hardmax.class, op -> List.of(new HardmaxKernel(op)))
          .row(LayerNorm.class, op -> List.of(new LayerNormKernel(op)))
          .row(Lrn.class, op -> List.of(new LrnKernel(op)))
          .row(MatMul.class, op -> List.of(new MatMulKernel()))
          .row(MaxRoiPool.class, op -> List.of(new MaxRoiPoolKernel(op)))
          .row(MaxUnpool.class, op -> List.of(new MaxUnpoolKernel(op)))
          .row(OneHot.class, op -> List.of(new OneHotKernel(op)))
          .row(Pad.class, op -> List.of(new PadKernel(op)))
          .row(Pool2d.class, op -> List.of(new Pool2dKernel(op)))
          .row(PoolNd.class, op -> List.of(new MaxPoolKernel(op)))
          .row(Reduce.class, op -> List.of(new ReduceImage(op), new ReduceKernel(op)))
          .row(Reshape.class, op -> List.of(new ReshapeView()))
          .row(Resize.class, op -> List.of(new ResizeKernel(op)))
          .row(RoiAlign.class, op -> List.of(new RoiAlignKernel(op)))
          .row(Scatter.class, op -> List.of(new ScatterKernel(op), new ScatterAtKernel(op)))
          .row(
              Slice.class,
              op ->
                  List.of(
                      new SliceItems(op, true),
                      new SliceItems(op, false),
                      new SliceBlocked(op),
                      new SlicePlain(op)))
          .row(Softmax.class, op -> List.of(new SoftmaxKernel(op)))
          .row(SpaceToDepth.class, op -> List.of(PixelBlocksKernel.of(op)))
          .row(Split.class, op -> List.of(new SplitKernel(op)))
          .row(Tile.class, op -> List.of(new TileKernel()))
          .row(Transpose.class, op -> List.of(new TransposeKernel(op)))
          .row(Trilu.class, op -> List.of(new PickKernel(op)))
          .row(Unary.class, op -> List.of(new UnaryKernel(op, true), new UnaryKernel(op, false)))
          .host(
              ArgMax.class,
              BatchStatisticsNorm.class,
              Compare.class,
              ConvNd.class,
              Dequantize.class,
              Dropout.class,
              Fill.class,
              Quantize.class,
              Range.class,
              If.class,
              ShapeOf.class,
              TopK.class,
              Where.class);

  private OpenClKernels() {}

  /** The table, a row for each operator. */
  public static KernelTable<Op> table() {
    return TABLE;
  }
}
