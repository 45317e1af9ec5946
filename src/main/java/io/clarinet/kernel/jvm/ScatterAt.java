package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

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
 * one in their order; a group of elements a task, or a part of one.
 */
record ScatterAt(Scatter op) implements Kernel {
  /** Tasks into which few groups are cut; no measurement of it is on record. */
  private static final int TASKS = 16;

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
            PlainElements.of(inputs.get(2).shape()),
            walk.count() < TASKS ? ceilDiv(walk.elements(), TASKS) : walk.elements());
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
      PlainElements updated,
      int part)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      int parts = ceilDiv(walk.elements(), part);
      arguments.parallel(
          walk.count() * parts, task -> part(arguments, task / parts, task % parts * part));
    }

    private void part(Arguments a, int group, int first) {
      int end = Math.min(walk.elements(), first + part);
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
      begin(a, base, first, end);
      for (int t = 0; met && t < walk.tuples(); t++) {
        int p = indices.place(a.input(1), tuple + t * walk.indexStep());
        if (p >= first && p < end) {
          join(a, base + p * walk.step(), update + t * walk.updateStep());
        }
      }
    }

    private void begin(Arguments a, int base, int first, int end) {
      for (int p = first; p < end; p++) {
        int i = base + p * walk.step();
        int from = elements.at(a.input(0), i);
        int to = elements.at(a.output(0), i);
        int lost = lostAt(a, i);
        for (int j = 0; j < walk.width(); j++) {
          a.output(0).data()[to + j] = a.input(0).data()[from + j];
          lost(a)[lost + j] = 0;
        }
      }
    }

    /** Joins updates of neighbours; what y's floats leave of the result is kept beside them. */
    private void join(Arguments a, int i, int update) {
      float[] y = a.output(0).data();
      int at = elements.at(a.output(0), i);
      int lost = lostAt(a, i);
      for (int j = 0; j < walk.width(); j++) {
        double so = (double) y[at + j] + lost(a)[lost + j];
        float v = a.input(2).data()[updated.at(a.input(2), update + j)];
        double exact = join.apply(so, v);
        y[at + j] = (float) exact;
        lost(a)[lost + j] = rest(exact);
      }
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
