package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the computations that an {@link If} chooses from: calls of operators over values that have
 * names inside of it.
 *
 * @param parameters names of the values that it is given
 * @param calls in an order in which they can run
 * @param outputs names of its results, which may be parameters
 * @param refusal why it cannot be taken; null where it can
 */
public record Branch(
    List<String> parameters, List<Call> calls, List<String> outputs, @Nullable String refusal) {

  public Branch {
    parameters = List.copyOf(parameters);
    calls = List.copyOf(calls);
    outputs = List.copyOf(outputs);
  }

  /** A branch that can be taken. */
  public Branch(List<String> parameters, List<Call> calls, List<String> outputs) {
    this(parameters, calls, outputs, null);
  }

  /** A branch that cannot be taken, of a form that is not supported. */
  public static Branch refused(String reason) {
    return new Branch(List.of(), List.of(), List.of(), reason);
  }

  /** One application of an operator inside of a branch. */
  public record Call(String name, Op op, List<String> inputs, List<String> outputs) {
    public Call {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** What is done with a call, and what comes of it. */
  private interface Step<T> {
    List<T> of(Call call, List<T> inputs);
  }

  private <T> List<T> walk(List<T> arguments, Step<T> step) {
    if (refusal != null) {
      throw new IllegalArgumentException(refusal);
    }
    Map<String, T> values = new HashMap<>();
    bind(parameters, arguments, values);
    for (Call call : calls) {
      bind(call.outputs(), step.of(call, all(call.inputs(), values)), values);
    }
    return all(outputs, values);
  }

  private static <T> void bind(List<String> names, List<T> found, Map<String, T> values) {
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), found.get(i));
    }
  }

  private static <T> List<T> all(List<String> names, Map<String, T> values) {
    return names.stream().map(name -> Objects.requireNonNull(values.get(name), name)).toList();
  }

  /** Calls, those of conditionals inside of it included. */
  int size() {
    int size = calls.size();
    for (Call call : calls) {
      size += call.op() instanceof If choice ? choice.size() : 0;
    }
    return size;
  }

  List<Fact> infer(List<Fact> arguments) {
    return walk(arguments, (call, inputs) -> call.op().settled(inputs));
  }

  List<Tensor> evaluate(List<Tensor> arguments) {
    return walk(arguments, (call, inputs) -> call.op().evaluate(inputs));
  }

  long multiplyAdds(List<Fact> arguments) {
    long[] sum = {0};
    walk(
        arguments,
        (call, inputs) -> {
          List<Fact> results = call.op().settled(inputs);
          sum[0] = Math.addExact(sum[0], call.op().multiplyAdds(inputs, results));
          return results;
        });
    return sum[0];
  }

  /** What follows from constants alone holds no items, as they do not. */
  boolean keepsItemsApart(List<Fact> arguments) {
    List<Boolean> apart = new ArrayList<>();
    List<Fact> results =
        walk(
            arguments,
            (call, inputs) -> {
              List<Fact> made = call.op().settled(inputs);
              if (inputs.stream().allMatch(Fact::isConstant)) {
                return made.stream().map(Branch::constant).toList();
              }
              apart.add(call.op().keepsItemsApart(inputs, made));
              return made;
            });
    return apart.stream().allMatch(a -> a) && results.stream().noneMatch(Fact::isConstant);
  }

  private static Fact constant(Fact fact) {
    return fact.isConstant() ? fact : Fact.of(new Splat(fact.type(), fact.shape(), 0));
  }
}
