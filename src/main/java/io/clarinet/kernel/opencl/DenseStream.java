package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Rounding.ceilDiv;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.Dense;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/cpu/dense.cl}: a dense layer that reads each weight once for up to eight rows.
 * Where there are few outputs it shares out the length of the sums, and {@code dense_reduce.cl}
 * adds up.
 */
record DenseStream(Dense op) implements Kernel {
  private static final int ROWS = 8;

  /** A shorter share of a sum is not worth its store. */
  private static final int SHORT_SHARE = 256;

  /** Share of the peak that one to eight rows of a register tile reach, by measurement. */
  private static final double SHARE_OF_PEAK = 0.5;

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        Declines.first(
            Declines.unlessFloatsOrHalfWeights(inputs),
            Declines.unlessPackable(inputs.subList(1, op.epilogue().residualIndex())));
    return declined == null ? new Plan(inputs, device).offer() : declined;
  }

  /** The layer on one device. */
  private final class Plan {
    private final DeviceProfile device;
    private final int rows;
    private final int k;
    private final int outputs;
    private final int blocks;
    private final int panels;
    private final int shares;
    private final DenseWeights weights;
    private final int inputCount;

    Plan(List<Fact> inputs, DeviceProfile device) {
      this.device = device;
      Shape w = inputs.get(1).shape();
      rows = inputs.get(0).shape().dim(0);
      k = op.inFeatures(w);
      outputs = op.outFeatures(w);
      blocks = outputs > device.channelBlock() ? 2 : 1;
      weights = DenseWeights.of(op, inputs.get(1), width());
      panels = ceilDiv(outputs, width());
      inputCount = inputs.size();
      int most =
          Math.max(
              1,
              Math.min(
                  k / SHORT_SHARE, ceilDiv(2 * device.limits().computeUnits(), panels)));
      shares = seconds(most) < seconds(1) ? most : 1;
    }

    private int width() {
      return blocks * device.channelBlock();
    }

    /** Predicted time with so many shares: what the busiest core reads and computes. */
    private double seconds(int count) {
      double items = (double) panels * count;
      double idle =
          Math.ceil(items / device.limits().computeUnits())
              * device.limits().computeUnits()
              / items;
      double flops = 2.0 * computedRows() * k * panels * width() / SHARE_OF_PEAK;
      double sums = count > 1 ? 8.0 * count * rows * panels * width() : 0;
      double bytes = weights.bytes() * idle + 4.0 * rows * (k + outputs) + sums;
      return device.seconds(flops * idle, bytes) + (count > 1 ? device.speed().launchSeconds() : 0);
    }

    /** Rows with those that fill up the last register tile, of 1, 2, 4 or 8. */
    private int computedRows() {
      int last = Integer.highestOneBit(Math.max(1, 2 * ((rows - 1) % ROWS)));
      return (rows - 1) / ROWS * ROWS + last;
    }

    Offer offer() {
      List<Launch> launches = new ArrayList<>();
      launches.add(new Launch(name(), defines(), NdRange.items(panels, shares), multiplyArgs()));
      if (shares > 1) {
        int block = device.channelBlock();
        launches.add(
            new Launch(
                "dense_reduce",
                EpilogueDefines.of(op, block),
                NdRange.items(ceilDiv(outputs, block), rows),
                reduceArgs()));
      }
      List<Integer> biasInputs = op.epilogue().bias() ? List.of(2) : List.of();
      return new Offer.Accept(
          new Work.Launches(launches),
          Collections.nCopies(inputCount, Layout.PLAIN),
          List.of(Layout.PLAIN),
          List.of(
              Offer.Packed.of(1, weights),
              new Offer.Packed(biasInputs, new ChannelVector(panels * width()))),
          shares > 1 ? List.of(4L * shares * rows * panels * width()) : List.of(),
          seconds(shares));
    }

    private Map<String, String> defines() {
      Map<String, String> defines = EpilogueDefines.of(op, device.channelBlock());
      defines.put("DENSE_BLOCKS", Integer.toString(blocks));
      if (weights.half()) {
        defines.put("WEIGHTS_HALF", "1");
      }
      return defines;
    }

    private List<Arg> multiplyArgs() {
      List<Arg> args = new ArrayList<>();
      args.add(new Arg.Input(0));
      args.add(new Arg.Output(0));
      args.add(new Arg.Packed(0));
      addEpilogue(args);
      args.add(new Arg.Int(rows));
      args.add(new Arg.Int(k));
      args.add(new Arg.Int(outputs));
      args.add(shares > 1 ? new Arg.Scratch(0) : new Arg.Output(0));
      return args;
    }

    private List<Arg> reduceArgs() {
      List<Arg> args = new ArrayList<>();
      args.add(new Arg.Scratch(0));
      args.add(new Arg.Output(0));
      addEpilogue(args);
      args.add(new Arg.Int(shares));
      args.add(new Arg.Int(panels * width()));
      args.add(new Arg.Int(outputs));
      return args;
    }

    private void addEpilogue(List<Arg> args) {
      boolean residual = op.epilogue().residual();
      args.add(new Arg.Packed(1));
      args.add(new Arg.Input(residual ? op.epilogue().residualIndex() : 0));
      args.add(new Arg.Int(residual ? 1 : 0));
      args.add(new Arg.Float(op.lo()));
      args.add(new Arg.Float(op.hi()));
    }
  }
}
