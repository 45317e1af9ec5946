package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code opencl/cpu/conv2d_winograd_input.cl}, {@code _multiply.cl} and {@code _output.cl}: a 3×3
 * convolution by F(m×m, 3×3) in three steps through scratch, so that each weight is read once for
 * all tiles. Where scratch would outgrow the values themselves the tiles are taken in parts.
 */
record Conv2dWinogradStaged(Conv2d op, int m) implements Kernel {
  /** Scratch that is taken at most, in sizes of input and output together. */
  private static final int MOST_SCRATCH = 4;

  @Override
  public String name() {
    return "conv2d_winograd_staged_f" + m;
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = WinogradCall.declined(op, inputs, device);
    return declined == null
        ? new Parts(WinogradCall.of(op, m, inputs, outputs, device)).offer()
        : declined;
  }

  /** The tiles, taken in parts. */
  private static final class Parts {
    private final WinogradCall call;
    private final Winograd winograd;
    private final DeviceProfile device;
    private final int count;

    Parts(WinogradCall call) {
      this.call = call;
      winograd = call.winograd();
      device = call.device();
      double scratch = tileBytes(call.tiles()) + productBytes(call.tiles());
      double most =
          Math.min(
              MOST_SCRATCH * (call.inputBytes() + call.outputBytes()),
              Math.min(device.limits().maxAllocationBytes(), Integer.MAX_VALUE));
      int longEnough = Math.max(1, call.tiles() / (4 * winograd.rows()));
      count = Math.min(longEnough, (int) Math.ceil(scratch / most));
    }

    private long tileBytes(int tiles) {
      return 4 * winograd.transformedFloats(winograd.rows(tiles), call.icBlocks());
    }

    private long productBytes(int tiles) {
      return 4L * winograd.points() * winograd.rows(tiles) * call.panels() * winograd.width();
    }

    private int first(int part) {
      return (int) ((long) call.tiles() * part / count);
    }

    private int longest() {
      return ceilDiv(call.tiles(), count);
    }

    Offer offer() {
      List<Launch> launches = new ArrayList<>();
      for (int part = 0; part < count; part++) {
        int first = first(part);
        int tiles = first(part + 1) - first;
        launches.add(input(first, tiles));
        launches.add(multiply(tiles));
        launches.add(output(first, tiles));
      }
      long tileScratch = Math.max(tileBytes(longest()), tileBytes(call.tiles() / count));
      long productScratch = Math.max(productBytes(longest()), productBytes(call.tiles() / count));
      return call.accept(launches, List.of(tileScratch, productScratch), seconds());
    }

    private Launch input(int first, int tiles) {
      Conv2dShape s = call.shape();
      int groups = winograd.groups(tiles);
      int shares =
          Math.min(call.icBlocks(), ceilDiv(4 * device.limits().computeUnits(), groups));
      return new Launch(
          "conv2d_winograd_input",
          call.defines(false),
          NdRange.items(groups, shares),
          call.args(
              Stream.of(new Arg.Input(0), new Arg.Scratch(0)),
              call.integers(s.ic(), s.ih(), s.iw(), s.oh(), s.ow()),
              call.integers(call.padTop(), call.padLeft(), first, tiles)));
    }

    private Launch multiply(int tiles) {
      return new Launch(
          "conv2d_winograd_multiply",
          call.defines(false),
          NdRange.items(winograd.points(), multiplyShares()),
          call.args(
              Stream.of(new Arg.Scratch(0), new Arg.Scratch(1), new Arg.Packed(0)),
              call.integers(call.shape().ic(), call.shape().oc(), tiles, groupsInCache())));
    }

    private Launch output(int first, int tiles) {
      Conv2dShape s = call.shape();
      return new Launch(
          "conv2d_winograd_output",
          call.defines(true),
          NdRange.items(winograd.groups(tiles), call.panels()),
          call.args(
              Stream.of(new Arg.Scratch(1), new Arg.Output(0)),
              call.epilogue(),
              call.integers(s.oc(), s.oh(), s.ow(), first, tiles)));
    }

    /** Shares of the output channels that give every core some eight matrix products. */
    private int multiplyShares() {
      int wanted = ceilDiv(8 * device.limits().computeUnits(), winograd.points());
      return Math.min(call.panels(), wanted);
    }

    /** Register tiles whose rows fill half of the cache that local memory stands for. */
    private int groupsInCache() {
      long groupBytes = 4L * winograd.rows() * call.icBlocks() * winograd.block();
      return (int) Math.max(1, device.limits().localMemoryBytes() / 2 / groupBytes);
    }

    private double seconds() {
      double tiles = (double) tileBytes(longest()) * count;
      double products = (double) productBytes(longest()) * count;
      double items = (double) winograd.points() * multiplyShares();
      double idle =
          Math.ceil(items / device.limits().computeUnits())
              * device.limits().computeUnits()
              / items;
      double multiply =
          call.seconds(
              call.multiplyFlops((double) winograd.rows(longest()) * count) * idle,
              tiles + 2 * products + call.weightBytes() * count);
      double input = call.seconds(call.inputFlops(), call.inputBytes() + 2 * tiles);
      double output = call.seconds(call.outputFlops(), products + 2 * call.outputBytes());
      return input + multiply + output + 3 * (count - 1) * device.speed().launchSeconds();
    }
  }
}
