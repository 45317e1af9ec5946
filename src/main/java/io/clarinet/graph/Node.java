package io.clarinet.graph;

import io.clarinet.op.Op;
import java.util.List;

/** One application of an operator to named values. */
public record Node(String name, Op op, List<String> inputs, List<String> outputs) {

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The only output of an operator that has one. */
  public String output() {
    return outputs.get(0);
  }

  @Override
  public String toString() {
    return String.join(", ", outputs) + " = " + op + "(" + String.join(", ", inputs) + ")";
  }
}
