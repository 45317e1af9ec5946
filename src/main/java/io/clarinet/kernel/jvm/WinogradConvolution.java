package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.MinimalFiltering;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A 3×3 convolution of stride 1 by Winograd's F(m×m, 3×3).
 *
 * @param m 2 or 4
 * @param staged whether by {@link WinogradStaged} or by {@link WinogradFused}
 */
record WinogradConvolution(Conv2d op, int m, boolean staged, IntFunction<InnerLoops> loops)
    implements ConvolutionKernel {

  @Override
  public String name() {
    return (staged ? "winograd_staged_f" : "winograd_f") + m;
  }

  @Override
  public Offer offer(List<Fact> inputs, Fact output, DeviceProfile device) {
    if (!op.hasWinograd()) {
      return MinimalFiltering.declined();
    }
    InnerLoops inner = loops.apply(device.channelBlock());
    WinogradSteps steps =
        steps(
            Geometry.of(inputs.get(0).shape(), output.shape(), 1, op.window(), inner.block()),
            inner);
    WinogradCost cost = new WinogradCost(steps, device);
    return staged ? offer(steps, cost.staged(), cost) : offer(steps, cost.fused(), cost);
  }

  private WinogradSteps steps(Geometry g, InnerLoops inner) {
    MinimalFiltering filtering = new MinimalFiltering(m);
    WinogradTiles tiles = new WinogradTiles(g, filtering);
    WinogradPacking weights =
        new WinogradPacking(filtering, g.outChannels(), g.channels(), g.block(), inner.widest());
    return new WinogradSteps(
        tiles,
        new WinogradInput(tiles, inner),
        new WinogradProduct(inner, weights, g.inBlocks(), g.outBlocks()),
        new WinogradOutput(tiles, inner, op.epilogue()));
  }

  private Offer offer(WinogradSteps steps, WinogradStaged work, WinogradCost cost) {
    return offer(steps, work, work.scratchFloats(), cost.device(), cost.seconds(work));
  }

  private Offer offer(WinogradSteps steps, WinogradFused work, WinogradCost cost) {
    DeviceProfile device = cost.device();
    long floats = (long) device.limits().computeUnits() * work.scratchFloats();
    return offer(steps, work, floats, device, cost.seconds(work));
  }

  private Offer offer(
      WinogradSteps steps, JvmKernel work, long scratch, DeviceProfile device, double seconds) {
    int bias = steps.product().outBlocks() * device.channelBlock();
    List<Long> bytes = List.of(4 * scratch);
    return new LayerWork(op.epilogue(), work, steps.product().weights(), bias, bytes)
        .offer(device.blocked(), device.blocked(), seconds);
  }
}
