package io.clarinet.op;

import java.util.ArrayList;
import java.util.List;

/**
 * The elements of a value in groups, each of which has updates of its own, whatever the indices
 * are: a line along an axis, or one element of each slice. Elements of a group lie evenly, and so
 * do its updates and their tuples of indices.
 *
 * @param groups coordinates of a group, outermost first
 * @param elements of a group
 * @param step elements of the value from one of the group to the next
 * @param tuples of indices of a group, each with an update
 * @param indexStep indices from one tuple to the next
 * @param updateStep updates from one of the group to the next
 * @param width neighbours that share their index, each with an update of its own, as the elements
 *     of a slice do; steps are from the first of them to the next first
 * @param tuple the axes of a group that the indices of a tuple name
 */
public record UpdateWalk(
    List<Axis> groups,
    int elements,
    int step,
    int tuples,
    int indexStep,
    int updateStep,
    int width,
    List<IndexWalk.Named> tuple) {
  public UpdateWalk {
    groups = List.copyOf(groups);
    tuple = List.copyOf(tuple);
  }

  /**
   * A coordinate of groups, with elements from one to the next in the value, the indices and the
   * updates.
   *
   * @param updated from here on groups have no updates
   */
  public record Axis(int extent, int value, int indices, int updates, int updated) {}

  /** The same with a group of its own for each of the neighbours that share an index. */
  public UpdateWalk narrow() {
    List<Axis> all = new ArrayList<>(groups);
    all.add(new Axis(width, 1, 0, 1, width));
    return new UpdateWalk(all, elements, step, tuples, indexStep, updateStep, 1, tuple);
  }

  /** Number of groups. */
  public int count() {
    return groups.stream().mapToInt(Axis::extent).reduce(1, Math::multiplyExact);
  }
}
