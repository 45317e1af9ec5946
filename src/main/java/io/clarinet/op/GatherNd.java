package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Slices picked by tuples of indices (ONNX GatherND). Inputs: x [b…, d…, i…]; int32 or int64
 * indices [b…, t…, k], of which each k along the innermost axis name a slice by the k axes d, and
 * negative ones count from the end. Output: [b…, t…, i…].
 *
 * @param batch outer axes that x and the indices have in common
 */
public record GatherNd(int batch) implements Op, Indexed {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    Picking.requireIndices(inputs.get(1));
    return List.of(Fact.of(x.type(), Tuples.slices(x.shape(), inputs.get(1).shape(), batch)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    boolean constant = inputs.get(0).isConstant();
    boolean itemsOfIndices = !inputs.get(1).isConstant() && inputs.get(1).shape().rank() > 1;
    return itemsOfIndices && constant == (batch == 0);
  }

  @Override
  public LongUnaryOperator sources(List<Fact> inputs) {
    return Tuples.of(inputs.get(0).shape(), inputs.get(1), batch)::place;
  }

  @Override
  public IndexWalk walk(Shape x, Shape indices) {
    int length = indices.dim(-1);
    int tuples = (int) indices.size(batch, indices.rank() - 1);
    int slice = (int) x.size(batch + length, x.rank());
    long[] strides = x.strides();
    return new IndexWalk(
        List.of(
            new IndexWalk.Axis(
                (int) x.size(0, batch), (int) x.size(batch, x.rank()), tuples * length),
            new IndexWalk.Axis(tuples, 0, length),
            new IndexWalk.Axis(slice, 1, 0)),
        IntStream.range(batch, batch + length)
            .mapToObj(i -> new IndexWalk.Named(x.dim(i), (int) strides[i]))
            .toList());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    select(inputs, outputs.get(0));
  }
}
