package io.clarinet.zoo;

import io.clarinet.op.Binary;
import io.clarinet.op.MatMul;
import io.clarinet.op.Pad;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.Weights.Init;
import java.util.Arrays;
import java.util.List;

/** Layers of tokens, whose channels are the last axis, beside those of pictures. */
final class TokenLayers extends Layers {

  TokenLayers(String name, Weights weights, float epsilon) {
    super(name, weights, epsilon);
  }

  /** A linear map along the last axis, with bias; weights [out, in]. */
  String linear(String name, String x, int out) {
    return linear(name, ".", x, out, Math.sqrt(1.0 / shape(x).dim(-1)));
  }

  /**
   * A linear map along the last axis, with bias; weights [out, in].
   *
   * @param joint between the layer's name and a weight's role
   * @param deviation of untrained weights
   */
  String linear(String name, String joint, String x, int out, double deviation) {
    String product = mapped(name, joint, x, out, deviation);
    String bias = weight(name + joint + "bias", Shape.of(out), Init.symmetric(0.05));
    return apply(name, Binary.ADD, product, bias);
  }

  /** A linear map along the last axis, without bias; weights [out, in]. */
  String linearWithoutBias(String name, String x, int out) {
    return mapped(name, ".", x, out, Math.sqrt(1.0 / shape(x).dim(-1)));
  }

  private String mapped(String name, String joint, String x, int out, double deviation) {
    Shape shape = Shape.of(out, shape(x).dim(-1));
    String w = weight(name + joint + "weight", shape, Init.symmetric(deviation));
    String columns = apply(name + ".columns", new Transpose(List.of(1, 0)), w);
    return apply(name + ".product", new MatMul(), x, columns);
  }

  /** The same elements in a shape; -1 is inferred, 0 is the extent of {@code x}. */
  String reshape(String name, String x, long... extents) {
    List<Long> to = Arrays.stream(extents).boxed().toList();
    return apply(name, new Reshape(new Reshape.Rule.To(to, false)), x);
  }

  String transpose(String name, String x, Integer... axes) {
    return apply(name, new Transpose(List.of(axes)), x);
  }

  /** Zeros behind the last rows and columns of a map of tokens [n, rows, columns, channels]. */
  String padded(String name, String x, int rows, int columns) {
    List<Integer> pads = List.of(0, 0, 0, 0, 0, rows, columns, 0);
    return rows + columns == 0 ? x : apply(name, new Pad(Pad.Mode.CONSTANT, pads, 0), x);
  }

  /** Every {@code step}-th element along an axis, from {@code start} to {@code end} - 1. */
  String slice(String name, String x, int axis, long start, long end, long step) {
    return apply(name, new Slice(List.of(new Slice.Range(axis, start, end, step))), x);
  }

  /** A weight of its own, drawn around 0 where it is not trained. */
  String parameter(String name, double deviation, int... dims) {
    return weight(name, Shape.of(dims), Init.symmetric(deviation));
  }
}
