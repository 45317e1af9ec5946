package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * One of two computations, chosen by a condition that must be known before anything runs: a
 * constant, or what follows from shapes, or a parameter that decides shapes.
 *
 * <p>Inputs: the condition, one element that is not 0 where the first branch is taken; then the
 * parameters of both branches. Outputs: those of the branch.
 */
public record If(Branch then, Branch otherwise) implements Op {

  /** Calls in both branches. */
  public int size() {
    return then.size() + otherwise.size();
  }

  /** Whether the first branch is taken. */
  public boolean holds(Fact condition) {
    Tensor value = condition.required("the condition");
    if (value.shape().size() != 1) {
      throw new IllegalArgumentException("the condition " + value.shape() + " is not one element");
    }
    return value.doubleAt(0) != 0;
  }

  /** The first branch, or the other. */
  public Branch branch(boolean first) {
    return first ? then : otherwise;
  }

  /** The parameters of a branch among the inputs. */
  public <T> List<T> arguments(boolean first, List<T> inputs) {
    int other = 1 + then.parameters().size();
    return first ? inputs.subList(1, other) : inputs.subList(other, inputs.size());
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    boolean first = holds(inputs.get(0));
    return branch(first).infer(arguments(first, inputs));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    boolean first = holds(inputs.get(0));
    return branch(first).keepsItemsApart(arguments(first, inputs));
  }

  @Override
  public long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    boolean first = holds(inputs.get(0));
    return branch(first).multiplyAdds(arguments(first, inputs));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    boolean first = holds(Fact.of(inputs.get(0)));
    List<Tensor> results = branch(first).evaluate(arguments(first, inputs));
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).bytes().put(results.get(i).bytes());
    }
  }
}
