package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** Blocks of pixels gathered into channels: [n, c, h·b, w·b] to [n, b²·c, h, w]. */
public record SpaceToDepth(int block) implements Op {

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    if (x.rank() != 4 || block < 1 || x.h() % block != 0 || x.w() % block != 0) {
      throw new IllegalArgumentException("blocks of " + block + " do not fit input " + x);
    }
    int channels = Math.multiplyExact(x.c(), Math.multiplyExact(block, block));
    Shape y = Shape.of(x.n(), channels, x.h() / block, x.w() / block);
    return List.of(Fact.of(inputs.get(0).type(), y));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    Indexing.fillAt(
        inputs.get(0),
        outputs.get(0),
        at -> {
          int place = at[1] / x.c();
          long h = (long) at[2] * block + place / block;
          long w = (long) at[3] * block + place % block;
          return (((long) at[0] * x.c() + at[1] % x.c()) * x.h() + h) * x.w() + w;
        });
  }
}
