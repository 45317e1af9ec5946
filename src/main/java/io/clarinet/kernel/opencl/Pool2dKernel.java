package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/cpu/pool2d.cl}: any window over images in channel blocks, bands of rows at a time.
 */
public record Pool2dKernel(Pool2d op) implements Kernel {

  @Override
  public String name() {
    return "pool2d";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    int blocks = MemoryBound.blocks(y.c(), device);
    int rows = MemoryBound.rows(y.h(), (long) blocks * y.n(), device);
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            name(),
            defines(op.kind(), device),
            NdRange.items(ceilDiv(y.h(), rows), blocks, y.n()),
            new Arguments()
                .input(0)
                .output()
                .ints(y.c(), x.h(), x.w(), y.h(), y.w(), rows)
                .addAll(window(op, x)))
        .accept();
  }

  /** The last arguments: the window, and whether an average counts the padding. */
  public static Arguments window(Pool2d op, Shape x) {
    Window2d w = op.window().resolved(x.h(), x.w());
    Padding pad = w.padding();
    return new Arguments()
        .ints(w.kernelH(), w.kernelW(), w.strideH(), w.strideW(), w.dilationH(), w.dilationW())
        .ints(pad.top(), pad.left(), pad.bottom(), pad.right())
        .ints(op.countPadding() ? 1 : 0);
  }

  /** The defines of {@code pool.clh}. */
  public static Map<String, String> defines(Pool2d.Kind kind, DeviceProfile device) {
    Map<String, String> defines = new HashMap<>(MemoryBound.block(device));
    defines.put("POOL_MAX", kind == Pool2d.Kind.MAX ? "1" : "0");
    return defines;
  }
}
