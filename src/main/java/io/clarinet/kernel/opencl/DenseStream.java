package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Dense;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/cpu/dense.cl}: a dense layer that reads each weight once for up to eight rows. For
 * few outputs the length of the sums is shared out, and {@code dense_reduce.cl} adds up the shares.
 */
record DenseStream(Dense op) implements Kernel {
  /** Rows of the largest register tile, by {@code dense.cl}. */
  private static final int ROWS = 8;

  /** A shorter share of a sum is not worth its store; no measurement is on record. */
  private static final int SHORT_SHARE = 256;

  /** Work-items a core, each of which adds a share to be summed; no measurement is on record. */
  private static final int ITEMS_PER_CORE = 2;

  /** Share of the peak that one to eight rows of a register tile reach, by measurement. */
  private static final double SHARE_OF_PEAK = 0.5;

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessLayerOfHalves(inputs, op.epilogue().residualIndex());
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

    Plan(List<Fact> inputs, DeviceProfile device) {
      this.device = device;
      Shape w = inputs.get(1).shape();
      rows = inputs.get(0).shape().dim(0);
      k = op.inFeatures(w);
      outputs = op.outFeatures(w);
      blocks = outputs > device.channelBlock() ? 2 : 1;
      weights = DenseWeights.of(op, inputs.get(1), width());
      panels = ceilDiv(outputs, width());
      int most =
          Math.max(
              1,
              Math.min(
                  k / SHORT_SHARE,
                  ceilDiv(ITEMS_PER_CORE * device.limits().computeUnits(), panels)));
      shares = seconds(most) < seconds(1) ? most : 1;
    }

    private int width() {
      return blocks * device.channelBlock();
    }

    /** Predicted time with so many shares: reading and computing of the busiest core. */
    private double seconds(int count) {
      double idle = device.limits().imbalance((double) panels * count);
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
      LayerOffer offer = LayerOffer.of(op, device);
      Arguments multiply = offer.arguments().ints(rows, k, outputs);
      offer.launch(name(), defines(), NdRange.items(panels, shares), sumsTo(multiply));
      if (shares > 1) {
        offer
            .scratch(4L * shares * rows * panels * width())
            .launch(
                "dense_reduce",
                Map.of(),
                NdRange.items(ceilDiv(outputs, device.channelBlock()), rows),
                new Arguments()
                    .scratch(0)
                    .output()
                    .addAll(offer.epilogue())
                    .ints(shares, panels * width(), outputs));
      }
      return offer.accept(weights, panels * width(), seconds(shares));
    }

    /** Adds where {@code dense} stores bare sums; any view where it stores none. */
    private Arguments sumsTo(Arguments multiply) {
      return shares > 1 ? multiply.scratch(0) : multiply.output();
    }

    private Map<String, String> defines() {
      Map<String, String> defines = new HashMap<>();
      defines.put("DENSE_BLOCKS", Integer.toString(blocks));
      if (weights.half()) {
        defines.put("WEIGHTS_HALF", "1");
      }
      return defines;
    }
  }
}
