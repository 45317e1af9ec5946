package io.clarinet.backend.jvm;

import io.clarinet.backend.HostCall;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A step with its operands found, so that running it looks nothing up. */
final class JvmStep {
  private JvmStep() {}

  static Runnable of(Step step, JvmLane lane, WorkerPool pool) {
    if (step.action() instanceof Step.Action.Host host) {
      return new HostCall(step, host.function(), lane::transfer)::run;
    }
    Work work = ((Step.Action.Device) step.action()).work();
    if (work instanceof Work.Jvm jvm) {
      return new OnJvm(step, jvm.kernel(), new Operands(step, lane, pool));
    }
    throw new IllegalArgumentException(
        "step \"" + step.node() + "\" was planned for an OpenCL device, not for the JVM");
  }

  private record OnJvm(Step step, JvmKernel kernel, Operands operands) implements Runnable {
    @Override
    public void run() {
      try {
        kernel.run(operands);
      } catch (IllegalArgumentException e) {
        throw step.refused(e);
      }
    }
  }

  private static final class Operands implements JvmKernel.Arguments {
    private final JvmKernel.@Nullable View[] inputs;
    private final JvmKernel.View[] outputs;
    private final JvmKernel.View[] scratch;
    private final JvmKernel.View[] packed;
    private final WorkerPool pool;

    Operands(Step step, JvmLane lane, WorkerPool pool) {
      this.pool = pool;
      inputs = new JvmKernel.View[step.inputs().size()];
      for (int i = 0; i < inputs.length; i++) {
        if (step.inputs().get(i) instanceof Step.Operand.At at) {
          inputs[i] = view(at.place(), lane);
        }
      }
      outputs = views(step.outputs(), lane);
      scratch = views(step.scratch(), lane);
      packed = step.packed().stream().map(lane::packed).toArray(JvmKernel.View[]::new);
    }

    private static JvmKernel.View[] views(List<Place> places, JvmLane lane) {
      return places.stream().map(p -> view(p, lane)).toArray(JvmKernel.View[]::new);
    }

    private static JvmKernel.View view(Place place, JvmLane lane) {
      JvmKernel.View room = lane.room(place);
      long before = (long) Float.BYTES * room.offset() / place.type().bytes();
      return new JvmKernel.View(
          room.data(),
          Math.toIntExact(before + place.offset()),
          Math.toIntExact(place.batchStride()));
    }

    @Override
    public JvmKernel.View input(int index) {
      JvmKernel.View view = inputs[index];
      if (view == null) {
        throw new IllegalStateException("input " + index + " exists in packed form only");
      }
      return view;
    }

    @Override
    public JvmKernel.View output(int index) {
      return outputs[index];
    }

    @Override
    public JvmKernel.View scratch(int index) {
      return scratch[index];
    }

    @Override
    public JvmKernel.View packed(int index) {
      return packed[index];
    }

    @Override
    public void parallel(int count, IntConsumer body) {
      pool.parallel(count, body);
    }

    @Override
    public int worker() {
      return pool.worker();
    }
  }
}
