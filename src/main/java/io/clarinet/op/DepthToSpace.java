package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Channels spread over blocks of pixels: [n, c·b², h, w] to [n, c, h·b, w·b].
 *
 * @param channelsFirst whether a pixel's place in its block is the inner part of the channel number
 *     (ONNX mode CRD), not the outer (DCR)
 */
public record DepthToSpace(int block, boolean channelsFirst) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    if (x.rank() != 4 || block < 1 || x.c() % Math.multiplyExact(block, block) != 0) {
      throw new IllegalArgumentException("blocks of " + block + " do not fit input " + x);
    }
    Shape y =
        Shape.of(
            x.n(),
            x.c() / block / block,
            Math.multiplyExact(x.h(), block),
            Math.multiplyExact(x.w(), block));
    return List.of(Fact.of(inputs.get(0).type(), y));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    int channels = outputs.get(0).shape().c();
    Indexing.fillAt(
        inputs.get(0),
        outputs.get(0),
        at -> {
          int place = at[2] % block * block + at[3] % block;
          int c = channelsFirst ? at[1] * block * block + place : place * channels + at[1];
          return (((long) at[0] * x.c() + c) * x.h() + at[2] / block) * x.w() + at[3] / block;
        });
  }
}
