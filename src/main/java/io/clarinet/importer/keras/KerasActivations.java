package io.clarinet.importer.keras;

import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Compare;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Activations, as layers of their own and as settings of others. */
final class KerasActivations {
  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_SCALE = 1.050701f;

  private KerasActivations() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("Activation", layer -> apply(layer, layer.input(), layer.config().get("activation")));
    table.put("ReLU", layer -> rectified(layer, layer.input(), layer.config()));
    table.put("LeakyReLU", layer -> named(layer, layer.input(), "leaky_relu", layer.config()));
    table.put("ELU", layer -> named(layer, layer.input(), "elu", layer.config()));
    table.put("ThresholdedReLU", KerasActivations::thresholded);
    table.put("Softmax", layer -> named(layer, layer.input(), "softmax", layer.config()));
    table.put("PReLU", KerasActivations::parametric);
  }

  static boolean isLinear(@Nullable Object activation) {
    return activation == null || activation.equals("linear");
  }

  /**
   * Adds an activation, its last node named like the layer.
   *
   * @param activation its name, or a JSON object of class and config
   */
  static Value apply(KerasLayer layer, Value x, @Nullable Object activation) {
    if (activation instanceof Map<?, ?> object) {
      LayerConfig config =
          LayerConfig.of(object.get("config") instanceof Map<?, ?> own ? own : Map.of());
      String kind = String.valueOf(object.get("class_name"));
      return switch (kind) {
        case "ReLU" -> rectified(layer, x, config);
        case "LeakyReLU" -> named(layer, x, "leaky_relu", config);
        case "ELU" -> named(layer, x, "elu", config);
        case "Softmax" -> named(layer, x, "softmax", config);
        case "function" ->
            named(layer, x, String.valueOf(object.get("config")), new LayerConfig(Map.of()));
        default -> throw new UnsupportedOperationException("activation " + kind);
      };
    }
    String name = isLinear(activation) ? "linear" : String.valueOf(activation);
    return named(layer, x, name, new LayerConfig(Map.of()));
  }

  /** Adds an activation by its name. */
  static Value named(KerasLayer layer, Value x, String name, LayerConfig config) {
    return switch (name) {
      case "linear" -> x;
      case "swish", "silu" -> timesItself(layer, x, unary(Unary.Kind.SIGMOID, 0, 0));
      case "hard_swish", "hard_silu" -> layer.only(unary(Unary.Kind.HARD_SWISH, 0, 0), x);
      case "softmax" -> layer.only(softmax(x, config, false), x);
      case "log_softmax" -> layer.only(softmax(x, config, true), x);
      default -> layer.only(function(layer, name, config), x);
    };
  }

  private static Unary function(KerasLayer layer, String name, LayerConfig config) {
    float third = (float) (layer.rules().isThree() ? 1.0 / 6 : 0.2);
    return switch (name) {
      case "relu" -> Unary.RELU;
      case "relu6" -> unary(Unary.Kind.CLIP, 0, 6);
      case "sigmoid" -> unary(Unary.Kind.SIGMOID, 0, 0);
      case "tanh" -> unary(Unary.Kind.TANH, 0, 0);
      case "hard_sigmoid" -> unary(Unary.Kind.HARD_SIGMOID, third, 0.5f);
      case "softplus" -> unary(Unary.Kind.SOFTPLUS, 0, 0);
      case "softsign" -> unary(Unary.Kind.SOFTSIGN, 0, 0);
      case "exponential" -> unary(Unary.Kind.EXP, 0, 0);
      case "elu" -> unary(Unary.Kind.ELU, (float) config.real("alpha", 1), 0);
      case "selu" -> unary(Unary.Kind.SELU, SELU_ALPHA, SELU_SCALE);
      case "celu" -> unary(Unary.Kind.CELU, (float) config.real("alpha", 1), 0);
      case "gelu" -> unary(Unary.Kind.GELU, 0, 0);
      case "mish" -> unary(Unary.Kind.MISH, 0, 0);
      case "leaky_relu" -> {
        double standard = config.values().isEmpty() ? 0.2 : 0.3;
        double slope = config.real("negative_slope", config.real("alpha", standard));
        yield unary(Unary.Kind.LEAKY_RELU, (float) slope, 0);
      }
      default -> throw new UnsupportedOperationException("activation " + name);
    };
  }

  private static Unary unary(Unary.Kind kind, float alpha, float beta) {
    return new Unary(kind, alpha, beta);
  }

  private static Softmax softmax(Value x, LayerConfig config, boolean log) {
    return new Softmax(x.axis(config.integer("axis", -1)), log, false);
  }

  private static Value timesItself(KerasLayer layer, Value x, Unary gate) {
    Value open = layer.to().add(layer.name() + "/gate", gate, x);
    return layer.only(new Binary(Binary.Kind.MUL, null), x, open.name());
  }

  /** max(x, 0) with a slope below a threshold and an upper bound. */
  private static Value rectified(KerasLayer layer, Value x, LayerConfig config) {
    float slope = (float) config.real("negative_slope", 0);
    float threshold = (float) config.real("threshold", 0);
    float max = (float) config.real("max_value", Double.POSITIVE_INFINITY);
    boolean bounded = max < Float.POSITIVE_INFINITY;
    if (threshold == 0 && slope == 0) {
      return layer.only(bounded ? unary(Unary.Kind.CLIP, 0, max) : Unary.RELU, x);
    }
    if (threshold == 0 && !bounded) {
      return layer.only(unary(Unary.Kind.LEAKY_RELU, slope, 0), x);
    }
    Value above = aboveThreshold(layer, layer.name() + "/above", x, threshold);
    above = layer.to().add(layer.name() + "/bounded", unary(Unary.Kind.CLIP, 0, max), above);
    return minus(layer, above, below(layer, x, threshold, slope));
  }

  /** x where it is more than the threshold, else 0. */
  private static Value aboveThreshold(KerasLayer layer, String name, Value x, float threshold) {
    String bound = layer.constant("threshold", Tensor.of(Shape.of(), threshold));
    KerasTranslation to = layer.to();
    Value more = to.add(name + "/more", new Compare(Compare.Relation.GREATER), x, bound);
    Value kept = to.add(name + "/kept", new Cast(ElementType.FLOAT32), more);
    return to.add(name, new Binary(Binary.Kind.MUL, null), x, kept.name());
  }

  /** slope · max(threshold − x, 0). */
  private static Value below(KerasLayer layer, Value x, float threshold, float slope) {
    KerasTranslation to = layer.to();
    String factor = layer.constant("slope", Tensor.of(Shape.of(), -slope));
    String offset = layer.constant("offset", Tensor.of(Shape.of(), slope * threshold));
    Value scaled = to.add(layer.name() + "/scaled", new Binary(Binary.Kind.MUL, null), x, factor);
    Value shifted = to.add(layer.name() + "/shifted", Binary.ADD, scaled, offset);
    Unary bound = slope < 0 ? unary(Unary.Kind.CLIP, Float.NEGATIVE_INFINITY, 0) : Unary.RELU;
    return to.add(layer.name() + "/below", bound, shifted);
  }

  private static Value minus(KerasLayer layer, Value a, Value b) {
    return layer.only(new Binary(Binary.Kind.SUB, null), a, b.name());
  }

  private static Value thresholded(KerasLayer layer) {
    float theta = (float) layer.config().real("theta", 1);
    return aboveThreshold(layer, layer.name(), layer.input(), theta);
  }

  /** Slopes of their own below zero, as the model's input without its batch is shaped. */
  private static Value parametric(KerasLayer layer) {
    Value x = layer.input();
    String slopes = layer.weight("alpha", alpha -> turned(alpha, x), "alphas");
    return layer.only(new Binary(Binary.Kind.PRELU, null), x, slopes);
  }

  private static Constant turned(Constant alpha, Value x) {
    Shape shape = alpha.shape();
    if (!x.moved()) {
      return alpha;
    }
    int rank = shape.rank();
    int[] dims = new int[rank];
    dims[0] = shape.dim(-1);
    for (int i = 1; i < rank; i++) {
      dims[i] = shape.dim(i - 1);
    }
    return KernelOrder.reversed(alpha, shape.size(0, rank - 1), 1, Shape.of(dims));
  }
}
