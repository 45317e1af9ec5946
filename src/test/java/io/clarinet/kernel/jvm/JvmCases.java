package io.clarinet.kernel.jvm;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random inputs for the shared cases of the JVM's kernels. */
abstract class JvmCases {
  final Random random = Fresh.random();

  Tensor random(int... dims) {
    return TestTensors.random(random, dims);
  }

  /** Random elements, one of them NaN where the case asks for it. */
  Tensor input(Case c, int... dims) {
    Tensor x = random(dims);
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    return x;
  }

  Tensor image(Case c) {
    return input(c, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
  }

  static @Nullable Unary activation(Case c) {
    return switch (c.text("activation")) {
      case "none" -> null;
      case "relu" -> Unary.RELU;
      case "relu6" -> new Unary(Unary.Kind.CLIP, 0, 6);
      case "clip", "clip_off_zero" -> new Unary(Unary.Kind.CLIP, 0.25f, 0.75f);
      case "sigmoid" -> new Unary(Unary.Kind.SIGMOID, 0, 0);
      case "leaky" -> new Unary(Unary.Kind.LEAKY_RELU, 0.1f, 0);
      default -> new Unary(Unary.Kind.TANH, 0, 0);
    };
  }

  static int[] dims(String text) {
    return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
  }
}
