package io.clarinet.examples;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.Map;

/** Runs by the names of inputs and outputs; a wrong name is refused, and the right ones told. */
public final class NamedInputs {
  private NamedInputs() {}

  public static void main(String[] arguments) throws IOException {
    Tensor pictures = Tensor.zeros(Shape.of(2, 3, 32, 32));
    try (Session session = Model.bundled().withOutputs("flatten", "fc").open()) {
      System.out.println(session.inputs() + " to " + session.outputs());

      Map<String, Tensor> outputs = session.run(Map.of("input", pictures));
      outputs.forEach((name, tensor) -> System.out.println(name + ": " + tensor));
      Check.that(outputs.get("fc").shape().equals(Shape.of(2, 36)), "36 scores for each picture");

      try {
        session.run(Map.of("imput", pictures));
        Check.that(false, "a wrong name is refused");
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage());
        Check.that(e.getMessage().contains("\"imput\""), "the message has the wrong name");
      }
    }
  }
}
