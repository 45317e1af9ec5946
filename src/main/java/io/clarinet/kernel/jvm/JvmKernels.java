package io.clarinet.kernel.jvm;

import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.view.ConcatJoin;
import io.clarinet.kernel.view.ReshapeView;
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
import io.clarinet.op.TopK;
import io.clarinet.op.Transpose;
import io.clarinet.op.Trilu;
import io.clarinet.op.Unary;
import io.clarinet.op.Where;
import java.util.List;
import java.util.function.IntFunction;

/** The kernels of the JVM target. */
public final class JvmKernels {
  private JvmKernels() {}

  /** Kernels over the Vector API where this JVM has it, else in plain Java. */
  public static KernelTable<Op> best() {
    return table(InnerLoops::best);
  }

  /** Floats of a vector where this JVM has the Vector API; 0 where it has not. */
  public static int vectorFloats() {
    return VectorModule.isPresent() ? Specialised.preferredLanes() : 0;
  }

  /** Kernels in plain Java. */
  public static KernelTable<Op> plain() {
    return table(InnerLoops::plain);
  }

  private static KernelTable<Op> table(IntFunction<InnerLoops> loops) {
    return new KernelTable<Op>(reorder -> List.of(new ReorderCopy(reorder)))
        .row(AffineGrid.class, op -> List.of(new AffineGrids(op)))
        .row(BatchNorm.class, op -> List.of(new BatchNormalisation(op, loops)))
        .row(
            Binary.class,
            op ->
                List.of(
                    new SameShape(op, true, loops),
                    new SameShape(op, false, loops),
                    new ChannelFactors(op, loops),
                    new Broadcasting(op)))
        .row(Cast.class, op -> List.of(new CastToFloat(), new CastFromFloat()))
        .row(Col2Im.class, op -> List.of(new BlockSums(op)))
        .row(Concat.class, op -> List.of(new ConcatJoin(op), new ConcatCopy(op)))
        .row(
            Conv2d.class,
            op ->
                List.of(
                    new ImageConvolution(op, loops),
                    new Convolution(op, loops),
                    new PixelConvolution(op, true, loops),
                    new PixelConvolution(op, false, loops),
                    new ChannelConvolution(op, loops),
                    new WinogradConvolution(op, 4, false, loops),
                    new WinogradConvolution(op, 2, false, loops),
                    new WinogradConvolution(op, 4, true, loops),
                    new WinogradConvolution(op, 2, true, loops),
                    new DepthwiseConvolution(op, loops),
                    new GroupedConvolution(op, loops)))
        .row(CumSum.class, op -> List.of(new CumSumRows(op)))
        .row(Dense.class, op -> List.of(new DenseProduct(op, loops)))
        .row(Gather.class, op -> List.of(new PickedCopy(op), new PickedAt(op)))
        .row(GatherElements.class, op -> List.of(new PickedCopy(op), new PickedAt(op)))
        .row(GatherNd.class, op -> List.of(new PickedCopy(op), new PickedAt(op)))
        .row(GlobalPool2d.class, op -> List.of(new GlobalPooling(op, loops)))
        .row(GridSample.class, op -> List.of(new GridSampling(op)))
        .row(Hardmax.class, op -> List.of(new HardmaxRows(op)))
        .row(LayerNorm.class, op -> List.of(new RowNormalisation(op, loops)))
        .row(Lrn.class, op -> List.of(new ResponseNormalisation(op, loops)))
        .row(MatMul.class, op -> List.of(new MatrixProduct()))
        .row(MaxRoiPool.class, op -> List.of(new MaxRoiPooling(op)))
        .row(MaxUnpool.class, op -> List.of(new MaxUnpooling(op)))
        .row(OneHot.class, op -> List.of(new OneHotMark(op)))
        .row(Pad.class, op -> List.of(CopyKernel.of(op)))
        .row(Pool2d.class, op -> List.of(new Pooling(op, loops)))
        .row(PoolNd.class, op -> List.of(new MaxPooling(op)))
        .row(Reduce.class, op -> List.of(new AxisReduction(op)))
        .row(Reshape.class, op -> List.of(new ReshapeView()))
        .row(Resize.class, op -> List.of(new ImageResizing(op)))
        .row(RoiAlign.class, op -> List.of(new RoiAligning(op)))
        .row(Scatter.class, op -> List.of(new ScatterJoin(op), new ScatterAt(op)))
        .row(Slice.class, op -> List.of(CopyKernel.of(op)))
        .row(Softmax.class, op -> List.of(new SoftmaxRows(op, loops)))
        .row(Transpose.class, op -> List.of(CopyKernel.of(op)))
        .row(Trilu.class, op -> List.of(new PickedCopy(op)))
        .row(
            Unary.class,
            op -> List.of(new Elementwise(op, true, loops), new Elementwise(op, false, loops)))
        .host(
            ArgMax.class,
            BatchStatisticsNorm.class,
            Compare.class,
            ConvNd.class,
            ConvTranspose.class,
            DepthToSpace.class,
            Dequantize.class,
            Dropout.class,
            Expand.class,
            Fill.class,
            GroupNorm.class,
            Quantize.class,
            Range.class,
            If.class,
            ShapeOf.class,
            SpaceToDepth.class,
            io.clarinet.op.Split.class,
            io.clarinet.op.Tile.class,
            TopK.class,
            Where.class);
  }
}
