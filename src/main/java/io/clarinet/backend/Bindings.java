package io.clarinet.backend;

import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.Binding;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** Whether the tensors of a run are those that a plan was made for. */
final class Bindings {
  private Bindings() {}

  /**
   * Passes tensors in the number, shapes and types of the plan's inputs and outputs, which can be
   * written.
   *
   * @throws IllegalArgumentException naming the first that is not so
   */
  static void check(Plan plan, List<Tensor> inputs, List<Tensor> outputs) {
    check("input", plan.inputs(), inputs);
    check("output", plan.outputs(), outputs);
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).isReadOnly()) {
        throw new IllegalArgumentException(
            "output \"" + plan.outputs().get(i).name() + "\" is to be read only");
      }
    }
  }

  private static void check(String role, List<Binding> wanted, List<Tensor> given) {
    if (wanted.size() != given.size()) {
      throw new IllegalArgumentException(
          wanted.size() + " " + role + "s are needed, got " + given.size());
    }
    for (int i = 0; i < given.size(); i++) {
      Binding binding = wanted.get(i);
      Tensor tensor = given.get(i);
      if (tensor.type() != binding.place().type()
          || !tensor.shape().equals(binding.place().shape())) {
        throw new IllegalArgumentException(
            role
                + " \""
                + binding.name()
                + "\" was planned as "
                + binding.place().type()
                + " "
                + binding.place().shape()
                + ", got "
                + tensor);
      }
    }
  }
}
