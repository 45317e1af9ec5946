package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.Scatter;
import io.clarinet.op.UpdateWalk;
import io.clarinet.tensor.Fact;
import java.util.Collections;
import java.util.List;

/**
 * Plain updates joined to the elements that indices name which are known only at a run, those of
 * one in their order; a group of elements a task.
 */
record ScatterAt(Scatter op) implements Kernel {

  @Override
  public String name() {
    return "scatter_at";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = IndexElements.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    UpdateWalk walk = op.walk(inputs.get(0).shape(), inputs.get(1).shape());
    Joining work =
        new Joining(
            op.join(),
            walk,
            IndexElements.of(inputs.get(1), walk.tuple()),
            PlainElements.of(inputs.get(0).shape()),
            PlainElements.of(inputs.get(2).shape()));
    return new Offer.Accept(
        new Work.Jvm(work),
        Collections.nCopies(inputs.size(), Layout.PLAIN),
        List.of(Layout.PLAIN),
        List.of(),
        List.of((long) Float.BYTES * inputs.get(0).shape().size()),
        Offers.seconds(Layout.PLAIN, inputs, outputs, device));
  }

  private record Joining(
      Scatter.Join join,
      UpdateWalk walk,
      IndexElements indices,
      PlainElements elements,
      PlainElements updated)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(walk.count(), group -> group(arguments, group));
    }

    private void group(Arguments a, int group) {
      int base = 0;
      int tuple = 0;
      int update = 0;
      boolean met = true;
      int rest = group;
      for (int k = walk.groups().size() - 1; k >= 0; k--) {
        UpdateWalk.Axis axis = walk.groups().get(k);
        int at = rest % axis.extent();
        rest /= axis.extent();
        base += at * axis.value();
        tuple += at * axis.indices();
        update += at * axis.updates();
        met &= at < axis.updated();
      }
      begin(a, base);
      for (int t = 0; met && t < walk.tuples(); t++) {
        int p = indices.place(a.input(1), tuple + t * walk.indexStep());
        int from = updated.at(a.input(2), update + t * walk.updateStep());
        join(a, base + p * walk.step(), a.input(2).data()[from]);
      }
    }

    private void begin(Arguments a, int base) {
      for (int p = 0; p < walk.elements(); p++) {
        int i = base + p * walk.step();
        a.output(0).data()[elements.at(a.output(0), i)] =
            a.input(0).data()[elements.at(a.input(0), i)];
        lost(a)[lostAt(a, i)] = 0;
      }
    }

    /** Joins an update; what y's float leaves of the result is kept beside it. */
    private void join(Arguments a, int i, float v) {
      float[] y = a.output(0).data();
      int at = elements.at(a.output(0), i);
      double exact = join.apply((double) y[at] + lost(a)[lostAt(a, i)], v);
      y[at] = (float) exact;
      lost(a)[lostAt(a, i)] = rest(exact);
    }

    /** What the nearest float leaves; nothing is known to be left of what is not finite. */
    private static float rest(double exact) {
      float rest = (float) (exact - (float) exact);
      return Float.isFinite(rest) ? rest : 0;
    }

    private static float[] lost(Arguments a) {
      return a.scratch(0).data();
    }

    private static int lostAt(Arguments a, int i) {
      return a.scratch(0).offset() + i;
    }
  }
}
