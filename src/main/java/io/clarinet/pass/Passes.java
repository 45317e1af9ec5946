package io.clarinet.pass;

import io.clarinet.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of passes. One object serves one session: folded weights keep their identity from one
 * input shape to the next, so that their packed forms are shared.
 */
public final class Passes {
  private final List<Pass> sequence;

  public Passes(List<Pass> sequence) {
    this.sequence = List.copyOf(sequence);
  }

  /** The passes that every backend profits from, in the order in which they help each other. */
  public static Passes standard() {
    return new Passes(
        List.of(
            new InlineBranches(),
            new FoldConstants(),
            new RemoveIdentity(),
            new FoldPad(),
            new FoldBatchNorm(),
            new FuseGelu(),
            new MatMulToDense(),
            new FuseResidual(),
            new FuseActivation(),
            new RemoveUnused()));
  }

  /** These passes and one more at the end. */
  public Passes and(Pass last) {
    List<Pass> longer = new ArrayList<>(sequence);
    longer.add(last);
    return new Passes(longer);
  }

  /** The effect of one pass: numbers of nodes before and after. */
  public record Effect(String pass, int nodesBefore, int nodesAfter) {}

  /** A rewritten graph and what each pass did to it. */
  public record Result(Graph graph, List<Effect> effects) {}

  /** Applies all passes in order. */
  public Graph apply(Graph graph) {
    return trace(graph).graph();
  }

  /** Applies all passes in order and reports on each. */
  public Result trace(Graph graph) {
    List<Effect> effects = new ArrayList<>();
    Graph current = graph;
    for (Pass pass : sequence) {
      Graph next = pass.apply(current);
      effects.add(new Effect(pass.name(), current.nodes().size(), next.nodes().size()));
      current = next;
    }
    return new Result(current, effects);
  }
}
