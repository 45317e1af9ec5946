package io.clarinet.importer.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads operations in the three forms that files have: those of Keras 3 by their class, functions
 * of TensorFlow by name ({@code TFOpLambda}, since TensorFlow 2.4), and nodes of its graph before
 * ({@code TensorFlowOpLayer}).
 */
final class OperationReader {
  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  /** Names of {@code keras.ops} for those that functions and nodes of TensorFlow have. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("add_v2", "add"),
          Map.entry("bias_add", "add"),
          Map.entry("sub", "subtract"),
          Map.entry("mul", "multiply"),
          Map.entry("truediv", "divide"),
          Map.entry("true_divide", "divide"),
          Map.entry("real_div", "divide"),
          Map.entry("realdiv", "divide"),
          Map.entry("div", "divide"),
          Map.entry("pow", "power"),
          Map.entry("neg", "negative"),
          Map.entry("abs", "absolute"),
          Map.entry("swish", "silu"),
          Map.entry("hard_swish", "hard_silu"),
          Map.entry("reduce_mean", "mean"),
          Map.entry("reduce_sum", "sum"),
          Map.entry("reduce_max", "max"),
          Map.entry("reduce_min", "min"),
          Map.entry("reduce_prod", "prod"),
          Map.entry("concat", "concatenate"),
          Map.entry("concat_v2", "concatenate"),
          Map.entry("clip_by_value", "clip"),
          Map.entry("stop_gradient", "identity"),
          Map.entry("getitem", "get_item"),
          Map.entry("batch_mat_mul_v2", "matmul"),
          Map.entry("mat_mul", "matmul"));

  private OperationReader() {}

  /** The name of {@code keras.ops} for a class or a function's last word. */
  static String name(String given) {
    String words = WORD.matcher(given).replaceAll("$1_$2");
    String snake = HUMP.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    return NAMES.getOrDefault(snake, snake);
  }

  /** An operation of Keras 3. */
  static Operation ofClass(KerasLayer layer) {
    String given = layer.kind().substring(LayerKinds.OPERATION.length());
    return new Operation(name(given), layer.arguments(), layer.config());
  }

  /** A function of TensorFlow, such as {@code math.multiply}. */
  static Operation ofFunction(KerasLayer layer) {
    String function = layer.config().text("function", "");
    String last = function.substring(function.lastIndexOf('.') + 1);
    return new Operation(name(last), layer.arguments(), new LayerConfig(Map.of()));
  }

  /** A node of TensorFlow's graph, its constants put in their places among its inputs. */
  static Operation ofNode(KerasLayer layer) {
    if (!(layer.config().get("node_def") instanceof Map<?, ?> node)) {
      throw new UnsupportedOperationException("a node in a form of its own");
    }
    Map<?, ?> constants =
        layer.config().get("constants") instanceof Map<?, ?> given ? given : Map.of();
    List<Object> inputs = new ArrayList<>(layer.arguments().positional());
    if (inputs.size() == 1 && inputs.get(0) instanceof List<?> several) {
      inputs = new ArrayList<>(several);
    }
    for (int i = 0; i <= inputs.size(); i++) {
      Object constant = constants.get(String.valueOf(i));
      if (constant != null) {
        inputs.add(i, constant);
      }
    }
    String name = name(String.valueOf(node.get("op")));
    if (name.equals("concatenate") && inputs.size() > 1) {
      int last = inputs.size() - 1;
      inputs = List.of(List.copyOf(inputs.subList(0, last)), inputs.get(last));
    }
    return new Operation(name, new CallArguments(inputs, Map.of()), settings(node.get("attr")));
  }

  private static LayerConfig settings(@Nullable Object attributes) {
    Map<String, Object> settings = new HashMap<>();
    if (attributes instanceof Map<?, ?> all) {
      put(settings, "keepdims", all.get("keep_dims"), "b");
      put(settings, "alpha", all.get("alpha"), "f");
      if (all.get("squeeze_dims") instanceof Map<?, ?> dims
          && dims.get("list") instanceof Map<?, ?> list
          && list.get("i") instanceof List<?> axes) {
        settings.put("axis", axes.stream().map(OperationReader::whole).toList());
      }
    }
    return new LayerConfig(settings);
  }

  private static void put(
      Map<String, Object> settings, String name, @Nullable Object attribute, String type) {
    if (attribute instanceof Map<?, ?> typed && typed.get(type) != null) {
      settings.put(name, typed.get(type));
    }
  }

  /** Protocol buffers write a long number as text. */
  private static Object whole(Object number) {
    return number instanceof String text ? Long.valueOf(text) : number;
  }
}
