package io.clarinet.random;

import io.clarinet.backend.Backend;
import io.clarinet.backend.Executable;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs plans on a device. */
final class Runs {
  private Runs() {}

  /** A plan's outputs by name. */
  static Map<String, Tensor> of(Plan plan, Map<String, Tensor> inputs, Backend backend) {
    List<Tensor> given = plan.inputs().stream().map(input -> inputs.get(input.name())).toList();
    Map<String, Tensor> results = new LinkedHashMap<>();
    List<Tensor> outputs = new ArrayList<>();
    for (Plan.Binding output : plan.outputs()) {
      Tensor result = Tensor.zeros(output.place().type(), output.place().shape());
      outputs.add(result);
      results.put(output.name(), result);
    }
    try (Executable executable = backend.load(plan)) {
      executable.run(given, outputs);
    }
    return results;
  }
}
