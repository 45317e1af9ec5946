package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.function.IntFunction;

/** Dense layers as products of rows and packed weights, each weight read once for six rows. */
record DenseProduct(Dense op, IntFunction<InnerLoops> loops) implements Kernel {

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessLayerOfHalves(inputs, op.epilogue().residualIndex());
    return declined == null ? accept(inputs, outputs.get(0).shape(), device) : declined;
  }

  private Offer accept(List<Fact> inputs, Shape y, DeviceProfile device) {
    InnerLoops inner = loops.apply(device.channelBlock());
    int threads = device.limits().computeUnits();
    int depth = inputs.get(0).shape().dim(1);
    int blocks = ceilDiv(y.dim(1), inner.block());
    RowPanels panels = new RowPanels(depth, inner.block());
    TiledProduct product = TiledProduct.of(inner, panels, 1, 1, y.dim(0), blocks, device);
    int padded = blocks * inner.block();
    boolean rows = op.transposed();
    TilePacking weights =
        new TilePacking(
            1,
            y.dim(1),
            rows ? depth : 1,
            rows ? 1 : y.dim(1),
            depth,
            1,
            inner.block(),
            inner.widest());
    LayerWork work =
        new LayerWork(
            op.epilogue(),
            new Product(op.epilogue(), product, y.dim(0), y.dim(1)),
            weights,
            padded,
            List.of(4L * threads * product.scratchFloats(), 4L * y.dim(0) * padded));
    double flops = 2.0 * depth * padded * y.dim(0);
    double seconds = device.seconds(flops, (double) weights.bytes());
    return work.offer(Layout.PLAIN, Layout.PLAIN, seconds);
  }

  private record Product(Epilogue epilogue, TiledProduct product, int rows, int columns)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(product.split().tasks(), task -> task(arguments, task));
    }

    private void task(Arguments a, int task) {
      int block = product.loops().block();
      View sums = a.scratch(1);
      product.run(
          a,
          task,
          a.input(0).offset(),
          sums.data(),
          sums.offset(),
          rows * block,
          a.scratch(0).data(),
          a.scratch(0).offset() + a.worker() * product.scratchFloats());
      int first = product.split().firstPixel(task);
      int end = first + product.split().pixels(task);
      int lastBlock = product.split().endBlock(task, product.outBlocks());
      for (int b = product.split().firstBlock(task); b < lastBlock; b++) {
        for (int row = first; row < end; row++) {
          int from = sums.offset() + (b * rows + row) * block;
          finish(a, sums.data(), from, row, b * block, Math.min(block, columns - b * block));
        }
      }
    }

    private void finish(Arguments a, float[] sums, int from, int row, int column, int count) {
      View y = a.output(0);
      System.arraycopy(sums, from, y.data(), y.item(row) + column, count);
      EpilogueLoop.plain(epilogue, product.loops().activations(), a, row, column, count);
    }
  }
}
