package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * The computation of a graph node: the facts of its outputs, their elements, and whether a batch's
 * items stay apart; says nothing of devices.
 */
public sealed interface Op
    permits AffineGrid,
        ArgMax,
        BatchNorm,
        BatchStatisticsNorm,
        Binary,
        Cast,
        Col2Im,
        Compare,
        Concat,
        Conv2d,
        ConvNd,
        ConvTranspose,
        CumSum,
        Dense,
        DepthToSpace,
        Dequantize,
        Dropout,
        Expand,
        Fill,
        Gather,
        GatherElements,
        GatherNd,
        GlobalPool2d,
        GridSample,
        GroupNorm,
        Hardmax,
        If,
        LayerNorm,
        Lrn,
        MatMul,
        MaxRoiPool,
        MaxUnpool,
        OneHot,
        Pad,
        Pool2d,
        PoolNd,
        Quantize,
        Range,
        Reduce,
        Reshape,
        Resize,
        RoiAlign,
        Scatter,
        ShapeOf,
        Slice,
        Softmax,
        SpaceToDepth,
        Split,
        Tile,
        TopK,
        Transpose,
        Trilu,
        Unary,
        Where {

  /**
   * The facts of the outputs.
   *
   * @throws IllegalArgumentException saying which input is wrong, and how
   */
  List<Fact> infer(List<Fact> inputs);

  /**
   * The facts of the outputs, with small results computed where all inputs are known, as the
   * arithmetic of shapes needs.
   *
   * @throws IllegalArgumentException as {@link #infer} does
   */
  default List<Fact> settled(List<Fact> inputs) {
    List<Fact> results = infer(inputs);
    boolean open =
        inputs.stream().allMatch(Fact::isConstant) && !results.stream().allMatch(Fact::isConstant);
    if (!open
        || Settling.elements(results) > Settling.MOST / Math.max(1, Settling.elements(inputs))) {
      return results;
    }
    return evaluate(Settling.tensors(inputs)).stream().map(Fact::of).toList();
  }

  /**
   * Whether a batch's items are independent: each output's item n is the same function of the
   * inputs' items n alone, for every n. An item is an index of the first axis. Inputs that are
   * constants, such as weights, hold no items; all others and the outputs hold one each for every
   * item of the batch, which the caller sees to. In doubt the answer is no.
   *
   * @param outputs as {@link #infer} has them
   */
  default boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return false;
  }

  /**
   * Multiplications, each with its addition, of convolutions and matrix products, the padding
   * counted too; 0 for all other operators, as is usual.
   */
  default long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    return 0;
  }

  /**
   * Plain-Java definition of the result, with double accumulators; every kernel is tested against
   * it. Fills every element of the outputs, whose shapes and types are {@link #infer}'s.
   */
  void reference(List<Tensor> inputs, List<Tensor> outputs);

  /** The results for these inputs, by {@link #reference}, in tensors of their own. */
  default List<Tensor> evaluate(List<Tensor> inputs) {
    List<Fact> facts = infer(inputs.stream().map(Fact::of).toList());
    List<Tensor> outputs = facts.stream().map(f -> Tensor.zeros(f.type(), f.shape())).toList();
    reference(inputs, outputs);
    return outputs;
  }

  /** The operator's name for people. */
  default String name() {
    return getClass().getSimpleName();
  }
}
