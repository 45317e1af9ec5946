package io.clarinet.graph;

import io.clarinet.op.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One application of an operator to named values.
 *
 * @param part the batch items that it is for, and the layer that it is a part of; null where it is
 *     the whole layer
 */
public record Node(
    String name, Op op, List<String> inputs, List<String> outputs, @Nullable Part part) {

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** A layer as a whole. */
  public Node(String name, Op op, List<String> inputs, List<String> outputs) {
    this(name, op, inputs, outputs, null);
  }

  /**
   * Some items of a batch.
   *
   * @param layer name of the layer, the same for all its parts
   * @param first item of the batch
   * @param end the item behind the last one
   * @param strand that it belongs to
   */
  public record Part(String layer, int first, int end, Strand strand) {
    /** A part that all cores run. */
    public Part(String layer, int first, int end) {
      this(layer, first, end, Strand.ONLY);
    }
  }

  /**
   * Nodes that run on a share of the cores while other strands, which do the same for other items,
   * run on the others.
   *
   * @param number from 0 on
   * @param count of all strands, 1 where all cores run the same
   */
  public record Strand(int number, int count) {
    /** All cores run the same. */
    public static final Strand ONLY = new Strand(0, 1);
  }

  /** The strand that it belongs to. */
  public Strand strand() {
    return part == null ? Strand.ONLY : part.strand();
  }

  /** Name of the layer that this is, or is a part of. */
  public String layer() {
    return part == null ? name : part.layer();
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
