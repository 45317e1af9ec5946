package io.clarinet.importer.keras;

import io.clarinet.op.Binary;
import io.clarinet.op.Reduce;
import io.clarinet.op.Unary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operations that models use as they use layers: arithmetic, functions, and reductions. */
final class KerasOperations {
  private static final Map<String, Binary.Kind> BINARY =
      Map.of(
          "add", Binary.Kind.ADD,
          "subtract", Binary.Kind.SUB,
          "multiply", Binary.Kind.MUL,
          "divide", Binary.Kind.DIV,
          "power", Binary.Kind.POW,
          "maximum", Binary.Kind.MAX,
          "minimum", Binary.Kind.MIN);

  private static final Map<String, Unary.Kind> UNARY =
      Map.ofEntries(
          Map.entry("absolute", Unary.Kind.ABS),
          Map.entry("negative", Unary.Kind.NEG),
          Map.entry("reciprocal", Unary.Kind.RECIPROCAL),
          Map.entry("exp", Unary.Kind.EXP),
          Map.entry("log", Unary.Kind.LOG),
          Map.entry("sqrt", Unary.Kind.SQRT),
          Map.entry("floor", Unary.Kind.FLOOR),
          Map.entry("ceil", Unary.Kind.CEIL),
          Map.entry("round", Unary.Kind.ROUND),
          Map.entry("sign", Unary.Kind.SIGN),
          Map.entry("sin", Unary.Kind.SIN),
          Map.entry("cos", Unary.Kind.COS),
          Map.entry("erf", Unary.Kind.ERF));

  private static final List<String> ACTIVATIONS =
      List.of(
          "relu",
          "relu6",
          "sigmoid",
          "tanh",
          "softmax",
          "log_softmax",
          "silu",
          "elu",
          "selu",
          "softplus",
          "softsign",
          "hard_sigmoid",
          "hard_silu",
          "mish");

  private static final Map<String, Reduce.Kind> REDUCTIONS =
      Map.of(
          "mean", Reduce.Kind.MEAN,
          "sum", Reduce.Kind.SUM,
          "max", Reduce.Kind.MAX,
          "min", Reduce.Kind.MIN,
          "prod", Reduce.Kind.PRODUCT);

  private static final Map<String, OperationTranslator> TABLE = table();

  private KerasOperations() {}

  /** Turns an operation into nodes. */
  interface OperationTranslator {
    Value translate(KerasLayer layer, Operation operation);
  }

  private static Map<String, OperationTranslator> table() {
    Map<String, OperationTranslator> table = new HashMap<>();
    BINARY.forEach((name, kind) -> table.put(name, (layer, op) -> binary(layer, op, kind)));
    UNARY.forEach(
        (name, kind) ->
            table.put(name, (layer, op) -> layer.only(new Unary(kind, 0, 0), value(op))));
    ACTIVATIONS.forEach(name -> table.put(name, KerasOperations::activation));
    REDUCTIONS.forEach((name, kind) -> table.put(name, (layer, op) -> reduced(layer, op, kind)));
    table.put("leaky_relu", KerasOperations::activation);
    table.put("gelu", KerasOperations::gelu);
    table.put("square", KerasOperations::square);
    table.put("rsqrt", KerasOperations::reciprocalRoot);
    table.put("clip", KerasOperations::clip);
    table.put("identity", (layer, op) -> value(op));
    table.put("cast", KerasOperations::cast);
    OperationShapes.register(table);
    return Map.copyOf(table);
  }

  static void register(Map<String, LayerTranslator> table) {
    LayerTranslator function = layer -> translate(layer, OperationReader.ofFunction(layer));
    table.put("TFOpLambda", function);
    table.put("SlicingOpLambda", function);
    table.put("TensorFlowOpLayer", layer -> translate(layer, OperationReader.ofNode(layer)));
  }

  /** The translator of an operation of Keras 3, or null if it is not supported. */
  static @Nullable LayerTranslator find(String kind) {
    return kind.startsWith(LayerKinds.OPERATION)
            && TABLE.containsKey(
                OperationReader.name(kind.substring(LayerKinds.OPERATION.length())))
        ? layer -> translate(layer, OperationReader.ofClass(layer))
        : null;
  }

  private static Value translate(KerasLayer layer, Operation operation) {
    OperationTranslator translator = TABLE.get(operation.name());
    if (translator == null) {
      throw new UnsupportedOperationException("the operation " + operation.name());
    }
    return translator.translate(layer, operation);
  }

  /** The first argument, which must be a tensor. */
  static Value value(Operation operation) {
    if (!(operation.first() instanceof Value value)) {
      throw new UnsupportedOperationException("an operation on a constant");
    }
    return value;
  }

  private static Value binary(KerasLayer layer, Operation operation, Binary.Kind kind) {
    Object first = operation.first();
    Object second = operation.second();
    Value like = first instanceof Value a ? a : second instanceof Value b ? b : value(operation);
    if (first instanceof Value a && second instanceof Value b) {
      boolean moved = a.rank() == b.rank() && (a.moved() || b.moved());
      like = moved ? layer.to().moved(a) : layer.to().plain(a);
      first = like;
      second = moved ? layer.to().moved(b) : layer.to().plain(b);
    }
    List<String> inputs =
        List.of(named(layer, first, like, "first"), named(layer, second, like, "second"));
    return layer.to().add(layer.name(), new Binary(kind, null), like.moved(), inputs);
  }

  private static String named(KerasLayer layer, Object argument, Value like, String role) {
    return argument instanceof Value value
        ? value.name()
        : layer.constant(role, JsonTensor.beside(like, argument));
  }

  private static Value activation(KerasLayer layer, Operation operation) {
    Map<String, Object> settings = new HashMap<>();
    note(settings, "axis", operation.setting(1, "axis"));
    note(settings, "alpha", operation.setting(1, "alpha"));
    if (operation.name().equals("leaky_relu")) {
      Object slope = operation.setting(1, "negative_slope", "alpha");
      settings.put("negative_slope", Objects.requireNonNullElse(slope, 0.2));
    }
    return KerasActivations.named(
        layer, value(operation), operation.name(), new LayerConfig(settings));
  }

  private static void note(Map<String, Object> settings, String name, @Nullable Object value) {
    if (value instanceof Number) {
      settings.put(name, value);
    }
  }

  /** Keras approximates where it is not told otherwise, TensorFlow does not. */
  private static Value gelu(KerasLayer layer, Operation operation) {
    boolean keras = layer.kind().startsWith(LayerKinds.OPERATION);
    boolean approximate = operation.flag(keras, 1, "approximate");
    Unary.Kind kind = approximate ? Unary.Kind.GELU_TANH : Unary.Kind.GELU;
    return layer.only(new Unary(kind, 0, 0), value(operation));
  }

  private static Value square(KerasLayer layer, Operation operation) {
    Value x = value(operation);
    return layer.only(new Binary(Binary.Kind.MUL, null), x, x.name());
  }

  private static Value reciprocalRoot(KerasLayer layer, Operation operation) {
    Unary root = new Unary(Unary.Kind.SQRT, 0, 0);
    Value rooted = layer.to().add(layer.name() + "/root", root, value(operation));
    return layer.only(new Unary(Unary.Kind.RECIPROCAL, 0, 0), rooted);
  }

  private static Value clip(KerasLayer layer, Operation operation) {
    float low = (float) operation.real(Double.NEGATIVE_INFINITY, 1, "x_min", "clip_value_min");
    float high = (float) operation.real(Double.POSITIVE_INFINITY, 2, "x_max", "clip_value_max");
    return layer.only(new Unary(Unary.Kind.CLIP, low, high), value(operation));
  }

  /** Numbers are float32 in the graph, whatever floating type the model has. */
  private static Value cast(KerasLayer layer, Operation operation) {
    String type = String.valueOf(operation.setting(1, "dtype", "DstT"));
    layer.require(type.contains("float") || type.equals("null"), "a cast to " + type);
    return value(operation);
  }

  private static Value reduced(KerasLayer layer, Operation operation, Reduce.Kind kind) {
    Value x = value(operation);
    boolean keep = operation.flag(false, 2, "keepdims", "keep_dims");
    List<Integer> axes = operation.integers(1, "axis", "axes", "reduction_indices");
    List<Integer> all = axes == null ? OperationShapes.axes(x) : axes;
    boolean ordered = keep || OperationShapes.leavesOrder(x, all);
    Value given = ordered ? x : layer.to().plain(x);
    List<Integer> mapped = all.stream().map(given::axis).sorted().toList();
    Reduce op = new Reduce(kind, mapped, keep, false);
    return layer.to().add(layer.name(), op, keep && given.moved(), List.of(given.name()));
  }
}
