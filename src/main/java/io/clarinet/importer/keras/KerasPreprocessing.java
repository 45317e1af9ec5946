package io.clarinet.importer.keras;

import io.clarinet.op.Binary;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Layers that prepare pictures: scaling and normalising. */
final class KerasPreprocessing {
  /** The least deviation that is divided by. */
  private static final double LEAST = 1e-7;

  private KerasPreprocessing() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("Rescaling", KerasPreprocessing::rescaling);
    table.put("Normalization", KerasPreprocessing::normalisation);
    KerasResizing.register(table);
  }

  private static Value rescaling(KerasLayer layer) {
    Value x = layer.input();
    String scale = factor(layer, x, "scale", 1);
    Value scaled =
        layer.to().add(layer.name() + "/scaled", new Binary(Binary.Kind.MUL, null), x, scale);
    return layer.only(Binary.ADD, scaled, factor(layer, x, "offset", 0));
  }

  /** A number, or one for each channel. */
  private static String factor(KerasLayer layer, Value x, String name, double otherwise) {
    Object value = layer.config().get(name);
    Object given = value instanceof List<?> list && list.size() > 1 ? list : null;
    double single = given == null ? layer.config().real(name, otherwise) : 0;
    return layer.constant(
        name, given == null ? Tensor.of(Shape.of(), (float) single) : JsonTensor.beside(x, given));
  }

  /** (x − mean) / √variance, or its inverse; each number its own along some axes. */
  private static Value normalisation(KerasLayer layer) {
    Value x = layer.input();
    List<Integer> axes = axes(layer, x);
    String mean = statistic(layer, x, axes, "mean");
    String deviation = statistic(layer, x, axes, "variance");
    boolean inverse = layer.config().flag("invert", false);
    Binary first = new Binary(inverse ? Binary.Kind.MUL : Binary.Kind.SUB, null);
    Binary second = inverse ? Binary.ADD : new Binary(Binary.Kind.DIV, null);
    Value half = layer.to().add(layer.name() + "/half", first, x, inverse ? deviation : mean);
    return layer.only(second, half, inverse ? mean : deviation);
  }

  private static List<Integer> axes(KerasLayer layer, Value x) {
    LayerConfig config = layer.config();
    List<Integer> given = config.has("axis") ? config.integers("axis") : List.of();
    return given.stream().map(x.fact().shape()::axis).sorted().toList();
  }

  /** From the settings or the weights, in the form of the input. */
  private static String statistic(KerasLayer layer, Value x, List<Integer> axes, String name) {
    Object set = layer.config().get(name);
    boolean root = name.equals("variance");
    if (set != null) {
      return layer.constant(name, formed(x, axes, JsonTensor.of(unwrapped(set)), root));
    }
    return layer.weight(name, weight -> formed(x, axes, weight, root));
  }

  /** Numbers without what says that they were an array of numpy's. */
  private static Object unwrapped(Object set) {
    if (set instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config) {
      Object value = config.get("value");
      return value == null ? set : value;
    }
    return set;
  }

  private static Constant formed(Value x, List<Integer> axes, Constant given, boolean root) {
    int[] dims = new int[x.rank()];
    Arrays.fill(dims, 1);
    Shape shape = modelShape(x);
    axes.forEach(axis -> dims[axis] = shape.dim(axis));
    Shape wanted = axes.isEmpty() ? Shape.of() : Shape.of(dims);
    if (given.shape().size() != wanted.size() && given.shape().size() != 1) {
      throw new IllegalArgumentException(
          "its statistics " + given.shape() + " are not for " + shape + " along " + axes);
    }
    Shape target = given.shape().size() == 1 ? Shape.of() : wanted;
    Constant shaped =
        new Deferred(given.type(), target, () -> rooted(given.tensor().reshaped(target), root));
    return JsonTensor.beside(x, shaped);
  }

  /** The value's shape as the model has it. */
  private static Shape modelShape(Value x) {
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      dims.add(x.fact().shape().dim(x.axis(axis)));
    }
    return Shape.of(dims.stream().mapToInt(i -> i).toArray());
  }

  private static Tensor rooted(Tensor given, boolean root) {
    if (!root) {
      return given;
    }
    Tensor roots = Tensor.zeros(given.shape());
    FloatBuffer values = roots.floats();
    for (int i = 0; i < given.shape().size(); i++) {
      values.put(i, (float) Math.max(Math.sqrt(given.doubleAt(i)), LEAST));
    }
    return roots;
  }
}
