package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.DenseWeights;
import io.clarinet.kernel.opencl.LayerOffer;
import io.clarinet.op.Dense;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code opencl/gpu/dense_gpu.cl}: a dense layer of few rows, as fast as its weights come from
 * memory. Where outputs are few the sums are shared out, and {@code dense_reduce_gpu.cl} adds up
 * the shares.
 *
 * @param rows that a group takes at once, for which it reads each weight once
 */
record DenseGpu(Dense op, int rows) implements Kernel {
  /** Outputs of a group. */
  private static final int OUTPUTS = 8;

  /** Elements of k that a work-item takes at once. */
  private static final int FOUR = 4;

  private static final int LANES = 128;

  /** Work-items of a group where k is short. */
  private static final int FEW_LANES = 64;

  /** Fours in one running sum, few enough for {@code LongSumsTest}. */
  private static final int LONGEST_SUM = 128;

  private static final int MOST_SHARES = 64;

  private static final int MOST_GROUPS = 65_535;

  /** Instructions in the time of a load that caches answer. */
  private static final double LOAD = 4;

  /** All forms. */
  static List<Kernel> of(Dense op) {
    return Stream.of(1, 2, 4).<Kernel>map(rows -> new DenseGpu(op, rows)).toList();
  }

  @Override
  public String name() {
    return "dense_gpu_" + rows;
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessLayerOfHalves(inputs, op.epilogue().residualIndex());
    return declined == null ? new Layer(inputs, device).offer() : declined;
  }

  /** The layer on one device. */
  private final class Layer {
    private final DeviceProfile device;
    private final int allRows;
    private final int k;
    private final int outputs;
    private final int fours;
    private final int lanes;
    private final DenseWeights weights;

    Layer(List<Fact> inputs, DeviceProfile device) {
      this.device = device;
      Shape w = inputs.get(1).shape();
      allRows = inputs.get(0).shape().dim(0);
      k = op.inFeatures(w);
      outputs = op.outFeatures(w);
      fours = ceilDiv(k, FOUR);
      lanes = Math.min(fours < LANES ? FEW_LANES : LANES, device.simt().groupSize());
      weights = DenseWeights.rows(op, inputs.get(1), OUTPUTS, FOUR);
    }

    Offer offer() {
      NdRange range = range(shares());
      Offer.Decline declined = GpuRange.declined(range, work(shares()), device);
      if (declined != null) {
        return declined;
      }
      LayerOffer offer = LayerOffer.of(op, device);
      Arguments multiply = offer.arguments().ints(allRows, k, outputs);
      boolean shared = shares() > 1;
      offer.launch("dense_gpu", defines(), range, shared ? multiply.scratch(0) : multiply.output());
      offer.resident(new GpuCost(device).resident(range, work(shares())));
      if (shared) {
        reduce(offer);
      }
      return offer.accept(weights, outputs, seconds(shares()));
    }

    private void reduce(LayerOffer offer) {
      long sums = (long) allRows * outputs;
      int items = GpuRange.lanes(sums, device);
      offer
          .scratch(4L * shares() * sums)
          .launch(
              "dense_reduce_gpu",
              GpuRange.defines(Map.of(), items),
              GpuRange.range(sums, 1, items),
              new Arguments()
                  .scratch(0)
                  .output()
                  .addAll(offer.epilogue())
                  .ints(shares(), allRows, outputs));
    }

    /** The shares of k, of at least two steps of a group, that take the least time. */
    private int shares() {
      int least = ceilDiv(fours, lanes * LONGEST_SUM);
      int best = least;
      for (int count = 2 * least; count <= MOST_SHARES && fours / count >= 2 * lanes; count *= 2) {
        best = seconds(count) < seconds(best) ? count : best;
      }
      return best;
    }

    private NdRange range(int shares) {
      int chunks = Math.min(MOST_GROUPS, ceilDiv(allRows, rows));
      return NdRange.groups(lanes, ceilDiv(outputs, OUTPUTS), shares, chunks);
    }

    private double seconds(int shares) {
      NdRange range = range(shares);
      double chunks = ceilDiv(allRows, rows);
      double sums = shares > 1 ? 4.0 * shares * allRows * outputs : 0;
      double bytes = weights.bytes() * chunks + 4.0 * allRows * (k + (shares > 1 ? 0 : outputs));
      double seconds = new GpuCost(device).seconds(range.groups(), work(shares), bytes + sums);
      return shares > 1 ? seconds + reduceSeconds(shares, sums) : seconds;
    }

    private double reduceSeconds(int shares, double sums) {
      long items = (long) allRows * outputs;
      int size = GpuRange.lanes(items, device);
      GroupWork work = GroupWork.streaming(size, 2.0 * size * shares * (1 + LOAD));
      return new GpuCost(device).seconds(ceilDiv(items, size), work, sums + 4.0 * items);
    }

    /** Loads and multiply-adds of each step, and a tree of sums. */
    private GroupWork work(int shares) {
      int steps = ceilDiv(ceilDiv(fours, shares), lanes);
      double repeats = ceilDiv(ceilDiv(allRows, rows), MOST_GROUPS);
      double step = OUTPUTS * LOAD + rows * FOUR * (OUTPUTS + LOAD + 2);
      double tree = rows * OUTPUTS * (2 * LOAD + 2);
      double loaded = (weights.half() ? 8 : 16) * OUTPUTS;
      return new GroupWork(
              lanes,
              2 * lanes * repeats * (steps * step + tree),
              rows == 4 ? 160 : 96,
              rows * OUTPUTS,
              4L * rows * OUTPUTS * lanes)
          .cached(lanes * repeats * steps * (loaded + 16.0 * rows))
          .steps(1 + steps)
          .loading(loaded / 2);
    }

    private Map<String, String> defines() {
      Map<String, String> defines = new HashMap<>();
      defines.put("ROWS", Integer.toString(rows));
      if (weights.half()) {
        defines.put("WEIGHTS_HALF", "1");
      }
      return GpuRange.defines(defines, lanes);
    }
  }
}
