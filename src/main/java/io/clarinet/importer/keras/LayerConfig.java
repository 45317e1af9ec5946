package io.clarinet.importer.keras;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a layer by name; one that is {@code null} counts as not there. */
record LayerConfig(Map<String, Object> values) {

  LayerConfig {
    values = Map.copyOf(values);
  }

  /** The settings in a JSON object. */
  static LayerConfig of(Map<?, ?> json) {
    Map<String, Object> values = new HashMap<>();
    json.forEach(
        (name, value) -> {
          if (value != null && value != Json.NULL) {
            values.put(String.valueOf(name), value);
          }
        });
    return new LayerConfig(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A setting of any type, or null if it is not there. */
  @Nullable Object get(String name) {
    return values.get(name);
  }

  String text(String name, String otherwise) {
    return get(name, String.class, otherwise);
  }

  /** The element type that is set, be it by a policy; {@code float32} where none is. */
  String elementType() {
    Object type = get("dtype");
    Object policy =
        type instanceof Map<?, ?> object && object.get("config") instanceof Map<?, ?> config
            ? config.get("name")
            : type;
    return policy instanceof String name ? name : "float32";
  }

  /** Whether the weights are quantised by a policy. */
  boolean isQuantised() {
    return get("dtype") instanceof Map<?, ?> policy
        && String.valueOf(policy.get("class_name")).startsWith("Quantized");
  }

  boolean flag(String name, boolean otherwise) {
    return get(name, Boolean.class, otherwise);
  }

  /** A number; Keras writes an array of one, or of a numpy type, here and there. */
  double real(String name, double otherwise) {
    Object value = values.get(name);
    if (value instanceof Map<?, ?> wrapped && wrapped.get("value") != null) {
      value = wrapped.get("value");
    }
    return value == null ? otherwise : number(name, value).doubleValue();
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is not there, or not whole
   */
  int integer(String name) {
    return whole(name, required(name));
  }

  int integer(String name, int otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  /** A list of whole numbers. */
  List<Integer> integers(String name) {
    Object value = required(name);
    return value instanceof List<?> list
        ? list.stream().map(each -> whole(name, each)).toList()
        : List.of(whole(name, value));
  }

  /** A whole number for each of {@code count} axes; a single one stands for all. */
  int[] perAxis(String name, int count, int otherwise) {
    List<Integer> given = has(name) ? integers(name) : List.of(otherwise);
    if (given.size() != 1 && given.size() != count) {
      throw new IllegalArgumentException(
          name + " has " + given.size() + " numbers for " + count + " axes");
    }
    int[] all = new int[count];
    Arrays.setAll(all, i -> given.get(given.size() == 1 ? 0 : i));
    return all;
  }

  /** Whole numbers before and after each axis: one for all, one an axis, or two an axis. */
  int[][] aroundAxes(String name, int count, int otherwise) {
    int[][] around = new int[count][2];
    Object value = values.get(name);
    boolean pairs =
        value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof List<?>;
    boolean onePair = count == 1 && value instanceof List<?> list && list.size() == 2;
    if (!pairs && !onePair) {
      int[] each = perAxis(name, count, otherwise);
      Arrays.setAll(around, i -> new int[] {each[i], each[i]});
      return around;
    }
    List<?> sides = onePair ? List.of(required(name)) : (List<?>) required(name);
    for (int i = 0; i < count; i++) {
      if (sides.size() != count || !(sides.get(i) instanceof List<?> two) || two.size() != 2) {
        throw new IllegalArgumentException(name + " is " + value + ", not two numbers an axis");
      }
      around[i] = new int[] {whole(name, two.get(0)), whole(name, two.get(1))};
    }
    return around;
  }

  private <T> T get(String name, Class<T> type, T otherwise) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(name + " is " + value);
    }
    return type.cast(value);
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it does not say its " + name);
    }
    return value;
  }

  private static Number number(String name, Object value) {
    if (value instanceof List<?> one && one.size() == 1) {
      return number(name, one.get(0));
    }
    if (!(value instanceof Number number)) {
      throw new IllegalArgumentException(name + " is " + value + ", not a number");
    }
    return number;
  }

  private static int whole(String name, @Nullable Object value) {
    double number = number(name, value == null ? "null" : value).doubleValue();
    if (number != (int) number) {
      throw new IllegalArgumentException(name + " is " + value);
    }
    return (int) number;
  }
}
