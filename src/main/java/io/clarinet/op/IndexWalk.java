package io.clarinet.op;

import java.util.List;

/**
 * Which element of a value each element of a picking's output is, whatever the indices are: each
 * axis of the output steps along the value, along the indices, or both, and the tuple of indices
 * that is reached names the rest of the way.
 *
 * @param axes of the output, outermost first
 * @param tuple the axes of the value that the indices of a tuple name; these are neighbours
 */
public record IndexWalk(List<Axis> axes, List<Named> tuple) {
  public IndexWalk {
    axes = List.copyOf(axes);
    tuple = List.copyOf(tuple);
  }

  /**
   * An axis of the output.
   *
   * @param value elements of the value from one index of the axis to the next
   * @param indices the same of the indices
   */
  public record Axis(int extent, int value, int indices) {}

  /**
   * An axis that an index names.
   *
   * @param step elements from one index to the next
   */
  public record Named(int extent, int step) {}
}
