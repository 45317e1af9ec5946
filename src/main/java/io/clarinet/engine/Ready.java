package io.clarinet.engine;

import io.clarinet.backend.Executable;
import io.clarinet.event.ModelRun;
import io.clarinet.graph.Graph;
import io.clarinet.observe.Topic;
import io.clarinet.plan.Plan;
import io.clarinet.report.Reports;
import io.clarinet.report.Timeline;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * A graph with its plan, made ready to run on a device.
 *
 * @param subject what it is, for people
 */
public record Ready(Subject subject, Graph graph, Plan plan, Executable executable) {

  /** Runs once, into new tensors. */
  public List<Tensor> run(List<Tensor> inputs) {
    return run(inputs, outputs());
  }

  /** Runs once, into these tensors, which it gives back. */
  public List<Tensor> run(List<Tensor> inputs, List<Tensor> outputs) {
    return Topic.RUN.during(
        () -> {
          executable.run(inputs, outputs);
          return outputs;
        },
        (done, duration, failure) ->
            new ModelRun(
                subject.model(),
                subject.device(),
                subject.shapes(),
                bytes(plan.inputs()),
                bytes(plan.outputs()),
                duration,
                failure));
  }

  /** Runs some times, after once untimed; the events of each run. */
  public List<Timeline> trace(List<Tensor> inputs, int rounds) {
    return executable.trace(inputs, outputs(), rounds).stream()
        .map(spans -> Reports.timeline(plan, spans))
        .toList();
  }

  private static long bytes(List<Plan.Binding> bindings) {
    return bindings.stream().mapToLong(Plan.Binding::bytes).sum();
  }

  private List<Tensor> outputs() {
    return plan.outputs().stream()
        .map(output -> Tensor.zeros(output.place().type(), output.place().shape()))
        .toList();
  }
}
