package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.kernel.opencl.Pool2dKernel;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/gpu/pool2d_gpu.cl}: any window over images in channel blocks.
 *
 * @param outputs rows of the result that a work-item makes; the rows of the input that their
 *     windows share it reads once
 */
record Pool2dGpu(Pool2d op, int outputs) implements Kernel {
  /** Taps that an average adds in one running sum. */
  private static final int MOST_TAPS = 64;

  private static final int REGISTERS = 64;
  private static final int REGISTERS_OF_FOUR = 80;

  /** Loads of a row that need not wait for each other, as compilers unroll the loop. */
  private static final double LOADS_AT_ONCE = 4;

  /** The forms. */
  static List<Kernel> of(Pool2d op) {
    return List.of(new Pool2dGpu(op, 1), new Pool2dGpu(op, 4));
  }

  @Override
  public String name() {
    return outputs == 1 ? "pool2d_gpu" : "pool2d_gpu_" + outputs;
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Window2d window = op.window().resolved(x.h(), x.w());
    boolean many = op.kind() == Pool2d.Kind.AVERAGE && taps(window) > MOST_TAPS;
    boolean shared = window.dilationH() == 1 && window.strideH() < window.kernelH();
    return this.outputs > 1 && (many || !shared)
        ? new Offer.Decline("only for windows that share rows, of at most " + MOST_TAPS + " taps")
        : offer(window, many, inputs, outputs, device);
  }

  private Offer offer(
      Window2d window, boolean many, List<Fact> inputs, List<Fact> results, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    Shape y = results.get(0).shape();
    long vectors = (long) MemoryBound.blocks(y.c(), device) * ceilDiv(y.h(), outputs) * y.w();
    int lanes = GpuRange.lanes(vectors * y.n(), device);
    Map<String, String> defines = Pool2dKernel.defines(op.kind(), device);
    defines.put("OUTPUTS", Integer.toString(outputs));
    defines.put("LONG", many ? "1" : "0");
    GpuOffer offer = GpuOffer.blocked(device, inputs, results);
    return offer
        .launch(
            "pool2d_gpu",
            GpuRange.defines(defines, lanes),
            GpuRange.range(vectors, y.n(), lanes),
            new Arguments()
                .input(0)
                .output()
                .ints(y.c(), x.h(), x.w(), y.h(), y.w())
                .addAll(Pool2dKernel.window(op, x)),
            work(window, lanes, device),
            offer.bytes())
        .accept();
  }

  private static long taps(Window2d window) {
    return (long) window.kernelH() * window.kernelW();
  }

  /** A work-item compares or adds each tap of each output, and loads those that it has once. */
  private GroupWork work(Window2d window, int lanes, DeviceProfile device) {
    int rows = (outputs - 1) * window.strideH() + window.kernelH();
    double loads = (double) rows * window.kernelW();
    double flops = device.channelBlock() * (4.0 * outputs * taps(window) + 4 * loads);
    int registers = outputs == 1 ? REGISTERS : REGISTERS_OF_FOUR;
    return new GroupWork(lanes, flops * lanes, registers, outputs, 0)
        .cached(4.0 * device.channelBlock() * loads * lanes)
        .steps((int) Math.min(Integer.MAX_VALUE, loads / LOADS_AT_ONCE));
  }
}
