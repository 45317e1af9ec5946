package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageResizingTest extends JvmCases {
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
    Tensor x = input(c, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
    Tensor sizes =
        Tensor.ofLongs(
            Shape.of(4), c.integer("n"), c.integer("c"), c.integer("oh"), c.integer("ow"));
    Resize op = resize(mode, Rounding.PREFER_FLOOR, false, Coordinates.HALF_PIXEL);
    assertThat(JvmContract.check(op, x, new JvmContract.Known(sizes))).contains("resize");
  }

  @ParameterizedTest
  @EnumSource(value = Coordinates.class, mode = EnumSource.Mode.EXCLUDE, names = "CROP")
  void everyMapOfCoordinatesAgrees(Coordinates at) {
    JvmContract.Known scales = new JvmContract.Known(Tensor.of(Shape.of(4), 1, 1, 2.5f, 0.7f));
    for (Rounding rounding : Rounding.values()) {
      JvmContract.check(resize(Mode.NEAREST, rounding, false, at), random(2, 5, 6, 9), scales);
    }
    JvmContract.check(resize(Mode.CUBIC, Rounding.FLOOR, true, at), random(2, 5, 6, 9), scales);
  }
}
