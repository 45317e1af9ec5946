package io.clarinet.plan;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Reorder;
import io.clarinet.plan.Step.Refusal;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One run of the planner: decides node by node, then resolves every value to its place. */
final class Planning {
  private static final String REORDER = "Reorder";

  private final Graph graph;
  private final DeviceProfile device;
  private final Planner planner;
  private final Map<String, Fact> facts;
  private final Map<String, Node> makers;
  private final Values values;
  private final SizeLimit limit;
  private final List<UnplacedStep> unplaced = new ArrayList<>();

  /** Number of the node that is decided. */
  private int index;

  Planning(Graph graph, DeviceProfile device, Planner planner) {
    this.graph = graph;
    this.device = device;
    this.planner = planner;
    this.facts = graph.facts();
    this.makers = graph.producers();
    this.values = new Values();
    this.limit = new SizeLimit(device);
  }

  Plan run() {
    graph.outputs().forEach(o -> limit.requireResult(o, fact(o)));
    for (Input input : graph.inputs()) {
      values.define(input.name(), values.slot(fact(input.name()), Layout.PLAIN)).touch(0);
    }
    for (Node node : graph.nodes()) {
      decide(node);
      index++;
    }
    List<Values.Source> results = new ArrayList<>();
    graph.outputs().forEach(o -> results.add(source(o, Layout.PLAIN)));
    results.forEach(source -> source.touch(unplaced.size()));
    return new Places(device, values.packed()).plan(graph, values, unplaced, results);
  }

  private void decide(Node node) {
    List<Fact> outputs = node.outputs().stream().map(this::fact).toList();
    if (outputs.stream().allMatch(Fact::isConstant)) {
      return;
    }
    List<Fact> inputs = node.inputs().stream().map(this::fact).toList();
    limit.require(node, inputs, outputs);
    if (outputs.stream().allMatch(Planning::isEmpty)) {
      define(node, outputs);
      return;
    }
    if (outputs.stream().anyMatch(Planning::isEmpty)
        || inputs.stream().anyMatch(input -> isEmpty(input) && !input.isConstant())) {
      onHost(node, outputs, List.of(new Refusal("all kernels", "a value has no elements")));
      return;
    }
    KernelChoice choice =
        KernelChoice.among(
                planner.kernels().apply(node.op()),
                inputs,
                outputs,
                device.share(node.strand().count()),
                offer -> around(node, offer))
            .ofOneOf(node.strand().count());
    if (choice.offer() instanceof Offer.Accept accept) {
      run(node, outputs, choice, accept);
    } else if (choice.offer() instanceof Offer.View view && !inputs.get(0).isConstant()) {
      view(node, outputs.get(0), view);
    } else if (choice.offer() instanceof Offer.Join join) {
      join(node, outputs.get(0), join);
    } else {
      onHost(node, outputs, choice.declined());
    }
  }

  private static boolean isEmpty(Fact fact) {
    return fact.shape().size() == 0;
  }

  /** Plain slots for a node's outputs, which the caller has a step write. */
  private List<Slot> define(Node node, List<Fact> outputs) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Slot slot = values.slot(outputs.get(i), Layout.PLAIN);
      slots.add(values.define(node.outputs().get(i), slot));
    }
    return slots;
  }

  private void run(Node node, List<Fact> outputs, KernelChoice choice, Offer.Accept accept) {
    UnplacedStep step =
        new UnplacedStep(
            node.name(),
            layer(node, node.inputs().stream().map(this::fact).toList(), outputs),
            node.op().name(),
            Objects.requireNonNull(choice.kernel()).name(),
            new Step.Action.Device(accept.work()),
            choice.seconds(),
            choice.declined());
    for (int i = 0; i < node.inputs().size(); i++) {
      Layout wanted = KernelChoice.wanted(accept, i);
      step.inputs.add(
          wanted == null ? new Values.Source.PackedOnly() : source(node.inputs().get(i), wanted));
    }
    for (Offer.Packed packed : accept.packed()) {
      List<Fact> sources = packed.inputs().stream().map(i -> fact(node.inputs().get(i))).toList();
      step.packed.add(values.pack(sources, packed.packing()));
    }
    accept.scratchBytes().forEach(bytes -> step.scratch.add(values.scratch(bytes)));
    for (int i = 0; i < outputs.size(); i++) {
      Slot slot = values.slot(outputs.get(i), accept.outputs().get(i));
      step.outputs.add(values.define(node.outputs().get(i), slot));
    }
    add(step);
  }

  private void onHost(Node node, List<Fact> outputs, List<Refusal> declined) {
    limit.requireOnHost(node, node.inputs().stream().map(this::fact).toList(), outputs);
    HostFunction function = planner.fallback().apply(node.op());
    UnplacedStep step =
        new UnplacedStep(
            node.name(),
            layer(node, node.inputs().stream().map(this::fact).toList(), outputs),
            node.op().name(),
            "host",
            new Step.Action.Host(function),
            0,
            declined);
    node.inputs().forEach(i -> step.inputs.add(source(i, Layout.PLAIN)));
    step.outputs.addAll(define(node, outputs));
    add(step);
  }

  private Step.Layer layer(Node node, List<Fact> inputs, List<Fact> outputs) {
    long multiplyAdds = node.op().multiplyAdds(inputs, outputs);
    return new Step.Layer(node.layer(), node.part(), index, multiplyAdds);
  }

  /** The node of a reorder: the one that made the value. */
  private Step.Layer layer(String value, Layout layout) {
    Node maker = makers.get(value);
    String name = maker == null ? value : maker.layer();
    Node.Part part = maker == null ? null : maker.part();
    return new Step.Layer(name + ":" + layout, part, Step.Layer.NO_NODE, 0);
  }

  private void view(Node node, Fact output, Offer.View view) {
    Slot source = in(node.inputs().get(0), view.input());
    Slot slot = values.slot(output, view.output());
    if (slot.hasItemsOf(source)) {
      slot.putItemByItemInto(source, view.offset());
    } else {
      slot.putInOnePieceInto(source, view.offset());
    }
    values.define(node.output(), slot);
  }

  private void join(Node node, Fact output, Offer.Join join) {
    Slot whole = values.slot(output, join.layout());
    for (int i = 0; i < node.inputs().size(); i++) {
      Slot part = in(node.inputs().get(i), join.layout()).outermost();
      if (join.axis() == 0) {
        part.putInOnePieceInto(whole, join.offsets().get(i));
      } else {
        part.putItemByItemInto(whole, join.offsets().get(i));
      }
    }
    values.define(node.output(), whole);
  }

  private void add(UnplacedStep step) {
    step.touch(unplaced.size());
    unplaced.add(step);
  }

  /** The slot of a value in a layout; a reorder is added if it is only there in another. */
  private Slot in(String value, Layout layout) {
    return values.find(value, layout).orElseGet(() -> reordered(value, layout));
  }

  private Values.Source source(String value, Layout layout) {
    Fact fact = fact(value);
    return fact.isConstant()
        ? new Values.Source.Packed(
            values.pack(List.of(fact), new LayoutPacking(fact.type(), fact.shape(), layout)),
            fact,
            layout)
        : new Values.Source.In(in(value, layout));
  }

  private Slot reordered(String value, Layout layout) {
    Fact fact = fact(value);
    if (fact.isConstant()) {
      throw new PlanException("constant \"" + value + "\" is used as a value in memory");
    }
    Slot from = values.anyOf(value);
    List<Kernel> kernels = planner.reorders().apply(new Reorder(from.layout, layout));
    List<Fact> same = List.of(fact);
    Node maker = makers.get(value);
    Node.Strand strand = maker == null ? Node.Strand.ONLY : maker.strand();
    KernelChoice choice =
        KernelChoice.among(kernels, same, same, device.share(strand.count()), offer -> 0)
            .ofOneOf(strand.count());
    Slot slot = values.slot(fact, layout);
    if (!(choice.offer() instanceof Offer.Accept accept)) {
      throw new PlanException("no kernel brings \"" + value + "\" into layout " + layout);
    }
    UnplacedStep step =
        new UnplacedStep(
            value + ":" + layout,
            layer(value, layout),
            REORDER,
            Objects.requireNonNull(choice.kernel()).name(),
            new Step.Action.Device(accept.work()),
            choice.seconds(),
            choice.declined());
    step.inputs.add(new Values.Source.In(from));
    step.outputs.add(slot);
    values.add(value, slot);
    add(step);
    return slot;
  }

  /** Predicted seconds of bringing a node's inputs into the layouts that an offer wants. */
  private double around(Node node, Offer offer) {
    double seconds = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      Layout wanted = KernelChoice.wanted(offer, i);
      String value = node.inputs().get(i);
      Fact fact = fact(value);
      if (wanted == null || fact.isConstant()) {
        continue;
      }
      if (values.find(value, wanted).isEmpty()) {
        Reorder reorder = new Reorder(values.anyOf(value).layout, wanted);
        seconds += reorder.seconds(fact.shape(), device.share(node.strand().count()));
      }
    }
    boolean fits =
        !(offer instanceof Offer.Join join && !canJoin(node, join))
            && !(offer instanceof Offer.View view && !canView(node, view));
    return fits ? seconds : Double.POSITIVE_INFINITY;
  }

  /** Whether every input can be written into the output's place from the start. */
  private boolean canJoin(Node node, Offer.Join join) {
    List<Slot> owners = new ArrayList<>();
    for (String value : node.inputs()) {
      if (fact(value).isConstant()) {
        return false;
      }
      Slot slot = values.find(value, join.layout()).orElse(null);
      if (slot == null) {
        continue;
      }
      Slot owner = slot.outermost();
      boolean whole = owner.layout.equals(join.layout()) && owner.shape.equals(slot.shape);
      boolean spreads = join.axis() != 0 && owner.isUndivided();
      if (!whole || spreads || owners.contains(owner)) {
        return false;
      }
      owners.add(owner);
    }
    return node.inputs().stream().distinct().count() == node.inputs().size();
  }

  /** Whether a view finds its elements where it looks. */
  private boolean canView(Node node, Offer.View view) {
    Slot source = values.find(node.inputs().get(0), view.input()).orElse(null);
    Fact output = fact(node.output());
    return source == null
        || source.isDense()
        || new Slot(output.type(), output.shape(), view.output()).hasItemsOf(source);
  }

  private Fact fact(String value) {
    return Objects.requireNonNull(facts.get(value), value);
  }
}
