package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.op.Interpolation;
import io.clarinet.op.Interpolation.Mode;
import io.clarinet.op.Interpolation.Rounding;
import io.clarinet.op.Resize;
import io.clarinet.op.Resize.Coordinates;
import io.clarinet.op.Resize.Policy;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresOpenCl
class ResizeKernelTest {
  private final Random random = Fresh.random();

  static List<Case> cases() {
    return Case.of("resize");
  }

  private static Resize resize(Mode mode, Rounding rounding, boolean antialias, Coordinates at) {
    Interpolation interpolation = new Interpolation(mode, rounding, -0.75f, false, antialias);
    return new Resize(interpolation, at, Policy.STRETCH, List.of(), 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Case c) {
    Mode mode = Mode.valueOf(c.text("mode").toUpperCase(Locale.ROOT));
    int n = c.integer("n");
    int channels = c.integer("c");
    Tensor x = TestTensors.random(random, n, channels, c.integer("h"), c.integer("w"));
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    Tensor sizes = Tensor.ofLongs(Shape.of(4), n, channels, c.integer("oh"), c.integer("ow"));
    Resize op = resize(mode, Rounding.PREFER_FLOOR, false, Coordinates.HALF_PIXEL);
    assertThat(OperatorContract.of(op).input(x).constant(sizes).check()).contains("resize");
  }

  @ParameterizedTest
  @EnumSource(value = Coordinates.class, mode = EnumSource.Mode.EXCLUDE, names = "CROP")
  void everyMapOfCoordinatesAgrees(Coordinates at) {
    Tensor scales = Tensor.of(Shape.of(4), 1, 1, 2.5f, 0.7f);
    for (Rounding rounding : Rounding.values()) {
      OperatorContract.of(resize(Mode.NEAREST, rounding, false, at))
          .input(TestTensors.random(random, 2, 5, 6, 9))
          .constant(scales)
          .check();
    }
    OperatorContract.of(resize(Mode.CUBIC, Rounding.FLOOR, false, at))
        .input(TestTensors.random(random, 2, 5, 6, 9))
        .constant(scales)
        .check();
  }

  @Test
  void shrinkingMayTakeAWiderNeighbourhood() {
    OperatorContract.of(resize(Mode.LINEAR, Rounding.FLOOR, true, Coordinates.HALF_PIXEL))
        .input(TestTensors.random(random, 1, 17, 20, 30))
        .constant(Tensor.of(Shape.of(4), 1, 1, 0.25f, 0.4f))
        .check();
  }
}
