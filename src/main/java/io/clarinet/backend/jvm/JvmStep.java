package io.clarinet.backend.jvm;

import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A step with its operands found, so that running it looks nothing up. */
final class JvmStep {
  private JvmStep() {}

  static Runnable of(Step step, JvmLane lane, WorkerPool pool) {
    if (step.action() instanceof Step.Action.Host host) {
      return new OnHost(step, host.function(), lane);
    }
    Work work = ((Step.Action.Device) step.action()).work();
    if (work instanceof Work.Jvm jvm) {
      return new OnJvm(jvm.kernel(), new Operands(step, lane, pool));
    }
    throw new IllegalArgumentException(
        "step \"" + step.node() + "\" was planned for an OpenCL device, not for the JVM");
  }

  private record OnJvm(JvmKernel kernel, Operands operands) implements Runnable {
    @Override
    public void run() {
      kernel.run(operands);
    }
  }

  /** A step over staging tensors, which are filled before and emptied after. */
  private static final class OnHost implements Runnable {
    private final Step step;
    private final HostFunction function;
    private final List<Place> from = new ArrayList<>();
    private final List<Place> to;
    private final List<float[]> fromArrays = new ArrayList<>();
    private final List<float[]> toArrays;
    private final List<Tensor> inputs;
    private final List<Tensor> outputs;

    OnHost(Step step, HostFunction function, JvmLane lane) {
      this.step = step;
      this.function = function;
      for (int i = 0; i < step.inputs().size(); i++) {
        from.add(step.input(i));
        fromArrays.add(lane.array(step.input(i)));
      }
      to = step.outputs();
      toArrays = to.stream().map(lane::array).toList();
      inputs = from.stream().map(p -> Tensor.zeros(p.type(), p.shape())).toList();
      outputs = to.stream().map(p -> Tensor.zeros(p.type(), p.shape())).toList();
    }

    @Override
    public void run() {
      for (int i = 0; i < inputs.size(); i++) {
        ArrayTransfer.fetch(fromArrays.get(i), from.get(i), inputs.get(i));
      }
      step.run(function, inputs, outputs);
      for (int i = 0; i < outputs.size(); i++) {
        ArrayTransfer.store(outputs.get(i), toArrays.get(i), to.get(i));
      }
    }
  }

  private static final class Operands implements JvmKernel.Arguments {
    private final JvmKernel.@Nullable View[] inputs;
    private final JvmKernel.View[] outputs;
    private final JvmKernel.View[] scratch;
    private final float[][] packed;
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
      packed = step.packed().stream().map(lane::packed).toArray(float[][]::new);
    }

    private static JvmKernel.View[] views(List<Place> places, JvmLane lane) {
      return places.stream().map(p -> view(p, lane)).toArray(JvmKernel.View[]::new);
    }

    private static JvmKernel.View view(Place place, JvmLane lane) {
      return new JvmKernel.View(
          lane.array(place), ArrayTransfer.start(place), Math.toIntExact(place.batchStride()));
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
    public float[] packed(int index) {
      return packed[index];
    }

    @Override
    public void parallel(int count, IntConsumer body) {
      pool.parallel(count, body);
    }

    @Override
    public int worker() {
      return WorkerPool.worker();
    }
  }
}
