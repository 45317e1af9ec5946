package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.PoolNd;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/max_pool.cl}: maxima with their indices, up to three spatial axes. */
public record MaxPoolKernel(PoolNd op) implements PlaceByPlace {

  @Override
  public String name() {
    return "max_pool";
  }

  @Override
  public String twin() {
    return "max_pool_gpu";
  }

  @Override
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    if (op.kind() != PoolNd.Kind.MAX || op.indices() == PoolNd.Indices.NONE) {
      return new Offer.Decline("only for maxima with their indices");
    }
    return Declines.first(
        ThreeAxes.declined(inputs.get(0).shape()),
        Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0))));
  }

  @Override
  public Map<String, String> defines() {
    return Map.of("COLUMN_MAJOR", op.indices() == PoolNd.Indices.COLUMN_MAJOR ? "1" : "0");
  }

  @Override
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    List<Integer> before =
        IntStream.range(0, op.window().axes())
            .mapToObj(axis -> op.window().rows(axis, x.dim(axis + 2)).padding().top())
            .toList();
    return new Arguments()
        .input(0)
        .output(0)
        .output(1)
        .ints(places(inputs, outputs), x.c())
        .ints(ThreeAxes.of(x))
        .ints(ThreeAxes.of(outputs.get(0).shape()))
        .ints(ThreeAxes.of(op.window().kernel(), 1))
        .ints(ThreeAxes.of(op.window().strides(), 1))
        .ints(ThreeAxes.of(op.window().dilations(), 1))
        .ints(ThreeAxes.of(before, 0));
  }
}
