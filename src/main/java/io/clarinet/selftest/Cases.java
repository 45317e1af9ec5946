package io.clarinet.selftest;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Reorder;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cases of a plan's steps, one a form, each made once. */
final class Cases {
  private static final Logger LOG = LoggerFactory.getLogger(Cases.class);

  /** More would keep a first start waiting for plain Java. */
  private static final long MOST_MULTIPLY_ADDS = 40_000_000;

  private final Graph graph;
  private final Plan plan;
  private final Planner planner;
  private final Map<String, Fact> facts;
  private final Map<Form, Optional<FormCase>> made = new HashMap<>();

  Cases(Graph graph, Plan plan, Planner planner) {
    this.graph = graph;
    this.plan = plan;
    this.planner = planner;
    this.facts = graph.facts();
  }

  /** The cases of steps in the order in which their forms come first. */
  List<FormCase> of(List<Step> steps) {
    Map<Form, FormCase> cases = new LinkedHashMap<>();
    steps.forEach(step -> of(step).ifPresent(one -> cases.put(one.form(), one)));
    return List.copyOf(cases.values());
  }

  /** The case of a step's form; empty if there is none that is small. */
  Optional<FormCase> of(Step step) {
    return made.computeIfAbsent(Form.of(step), form -> make(form, step));
  }

  private Optional<FormCase> make(Form form, Step step) {
    int index = step.layer().node();
    return index == Step.Layer.NO_NODE
        ? reorder(form, step)
        : layer(form, graph.nodes().get(index), share(step));
  }

  /** What the step was planned for: a strand's share of the device. */
  private DeviceProfile share(Step step) {
    return plan.device().share(step.layer().strandCount());
  }

  private Optional<FormCase> reorder(Form form, Step step) {
    Place output = step.outputs().get(0);
    List<Fact> value = List.of(Fact.of(output.type(), output.shape()));
    return reorder(step)
        .flatMap(
            way -> make(form, Reshape.IDENTITY, value, planner.reorders().apply(way), share(step)));
  }

  /** What a step that is for no node does; empty for all others. */
  static Optional<Reorder> reorder(Step step) {
    return step.layer().node() == Step.Layer.NO_NODE
            && step.inputs().get(0) instanceof Step.Operand.At at
        ? Optional.of(new Reorder(at.place().layout(), step.outputs().get(0).layout()))
        : Optional.empty();
  }

  private Optional<FormCase> layer(Form form, Node node, DeviceProfile device) {
    List<Fact> inputs = new ArrayList<>();
    node.inputs().forEach(input -> inputs.add(Objects.requireNonNull(facts.get(input))));
    return make(form, node.op(), inputs, planner.kernels().apply(node.op()), device);
  }

  private Optional<FormCase> make(
      Form form, Op op, List<Fact> inputs, List<Kernel> kernels, DeviceProfile device) {
    for (Kernel kernel : kernels) {
      if (kernel.name().equals(form.kernel())) {
        Optional<Shrinking.Small> small = Shrinking.of(op, inputs, kernel, form, device);
        if (small.isPresent()) {
          return make(form, op, small.get());
        }
      }
    }
    return none(form, "it offers another form to its layer");
  }

  private Optional<FormCase> make(Form form, Op op, Shrinking.Small small) {
    long work = op.multiplyAdds(small.inputs(), small.outputs());
    if (work > MOST_MULTIPLY_ADDS) {
      return none(form, "its smallest case has " + work + " multiply-adds");
    }
    return Optional.of(FormCase.of(form, op, small));
  }

  private static Optional<FormCase> none(Form form, String reason) {
    LOG.info("Kernel {} is not tested before its use: {}", form.kernel(), reason);
    return Optional.empty();
  }
}
