package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Col2Im;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/col2im.cl}: up to three spatial axes. */
public record Col2ImKernel(Col2Im op) implements PlaceByPlace {

  @Override
  public String name() {
    return "col2im";
  }

  @Override
  public String twin() {
    return "col2im_gpu";
  }

  @Override
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    return Declines.first(
        ThreeAxes.declined(outputs.get(0).shape()),
        Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0))));
  }

  @Override
  public int read(List<Fact> inputs) {
    return 1;
  }

  @Override
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    WindowNd window = op.window(inputs);
    Shape y = outputs.get(0).shape();
    return new Arguments()
        .input(0)
        .output()
        .ints(places(inputs, outputs))
        .ints(ThreeAxes.of(y))
        .ints(ThreeAxes.of(window.kernel(), 1))
        .ints(ThreeAxes.of(op.blocks(window, y)))
        .ints(ThreeAxes.of(op.strides(), 1))
        .ints(ThreeAxes.of(op.dilations(), 1))
        .ints(ThreeAxes.of(op.pads().subList(0, window.axes()), 0));
  }
}
