package io.clarinet.importer;

/**
 * A part of a model that Clarinet cannot run.
 *
 * @param what an operator, a form of one, a kind of layer, an element type, or an opset
 * @param times number of places where the model has it
 * @param first the first of them
 * @param remedy what to do about it
 */
public record Obstacle(String what, int times, String first, String remedy) {

  /** As errors list it: what, and where. */
  @Override
  public String toString() {
    return times == 1
        ? what + " (" + first + ")"
        : what + " (" + times + " times, first " + first + ")";
  }
}
