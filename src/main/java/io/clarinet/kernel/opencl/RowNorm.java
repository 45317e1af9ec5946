package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.LayerNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a plain value, each brought to mean 0 and variance 1, then scaled and shifted by
 * constants.
 *
 * @param rows rows of a batch item
 * @param length elements of a row
 * @param factors scales, and shifts, of a row; its elements have them in equal runs
 * @param shared whether all rows have the same, not each its own
 */
public record RowNorm(int rows, int length, int factors, boolean shared, float epsilon) {

  /** Declines what is no normalisation of rows by known factors: all axes from one on. */
  public static Offer.@Nullable Decline declined(
      LayerNorm op, List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    int first = x.axis(op.axis());
    if (first == 0) {
      return new Offer.Decline("normalises the batch as one");
    }
    long length = x.size(first, x.rank());
    for (Fact factor : inputs.subList(1, inputs.size())) {
      if (factor.shape().size() != length && factor.shape().size() != 1) {
        return new Offer.Decline("scale or shift are not one for each element of a row");
      }
    }
    return declined(inputs, outputs);
  }

  /** Declines what is no normalisation of rows by known factors: a group of channels each. */
  public static Offer.@Nullable Decline declined(
      GroupNorm op, List<Fact> inputs, List<Fact> outputs) {
    return inputs.get(2).shape().size() == inputs.get(1).shape().size()
        ? declined(inputs, outputs)
        : new Offer.Decline("scales and shifts differ in number");
  }

  private static Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined = Declines.unlessFloats(MemoryBound.all(inputs, outputs));
    boolean known = inputs.stream().skip(1).allMatch(Fact::isConstant);
    return declined == null && !known
        ? new Offer.Decline("scale and shift must be constants to be packed")
        : declined;
  }

  /** The rows of an operator that is not declined. */
  public static RowNorm of(LayerNorm op, List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int first = x.axis(op.axis());
    int length = Math.toIntExact(x.size(first, x.rank()));
    return new RowNorm(Math.toIntExact(x.size(1, first)), length, length, true, op.epsilon());
  }

  /** The rows of an operator that is not declined. */
  public static RowNorm of(GroupNorm op, List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int groups = op.groups() == 0 ? x.c() : op.groups();
    int factors = Math.toIntExact(inputs.get(1).shape().size());
    int length = Math.toIntExact(x.size(1, x.rank()) / groups);
    return new RowNorm(groups, length, factors / groups, false, op.epsilon());
  }

  /** Neighbouring elements of a row that have one scale. */
  public int run() {
    return length / factors;
  }

  /** The distance from a row's scales to the next row's. */
  public int step() {
    return shared ? 0 : factors;
  }

  /** The scales as the kernel reads them. */
  public Offer.Packed scales() {
    return Offer.Packed.of(1, new Repeated(all()));
  }

  /**
   * The shifts as the kernel reads them.
   *
   * @param inputs of the operator
   */
  public Offer.Packed shifts(List<Fact> inputs) {
    List<Integer> given = IntStream.range(2, inputs.size()).boxed().toList();
    return new Offer.Packed(given, new Repeated(all()));
  }

  private int all() {
    return shared ? factors : rows * factors;
  }

  /** The elements as they are; one for all where there is but one, zeros where there is none. */
  private record Repeated(int floats) implements Packing {
    @Override
    public long bytes() {
      return 4L * floats;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (Tensor source : sources) {
        float[] values = source.toFloatArray();
        if (values.length == 1) {
          float only = values[0];
          values = new float[floats];
          Arrays.fill(values, only);
        }
        packed.asFloatBuffer().put(values);
      }
    }
  }
}
