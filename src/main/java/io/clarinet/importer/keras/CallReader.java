package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.Call;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of a layer's call: lists {@code [layer, call, tensor, named arguments]} of
 * Keras 1 and 2, or the argument objects of Keras 3, whose tensors have a {@code keras_history}.
 */
final class CallReader {
  /** The layer that Keras 2 names in place of one where a first argument is a constant. */
  private static final String CONSTANT = "_CONSTANT_VALUE";

  private CallReader() {}

  /** One call of a layer. */
  static Call read(@Nullable Object json) {
    if (json instanceof Map<?, ?> call) {
      List<Object> positional =
          argument(call.get("args")) instanceof List<?> list ? new ArrayList<>(list) : List.of();
      return new Call(positional, named(call.get("kwargs")));
    }
    List<Object> positional = new ArrayList<>();
    Map<String, Object> named = new LinkedHashMap<>();
    if (json instanceof List<?> list) {
      boolean single = list.size() >= 3 && list.get(0) instanceof String;
      for (Object each : single ? List.of(list) : list) {
        readFirst(each, positional, named);
      }
    }
    return new Call(positional, named);
  }

  /** A first argument, with the others by name. */
  private static void readFirst(
      @Nullable Object json, List<Object> positional, Map<String, Object> named) {
    if (!(json instanceof List<?> list) || list.size() < 3) {
      throw new IllegalArgumentException("a call's argument is no reference to a layer");
    }
    boolean constant = CONSTANT.equals(list.get(0));
    positional.add(constant ? argument(list.get(2)) : reference(list));
    if (list.size() > 3) {
      named(list.get(3)).forEach(named::putIfAbsent);
    }
  }

  /** The tensors that {@code input_layers} or {@code output_layers} list. */
  static List<TensorRef> references(@Nullable Object json) {
    List<TensorRef> all = tensors(argument(json));
    if (all.isEmpty()) {
      throw new IllegalArgumentException("the model does not list its inputs and outputs");
    }
    return all;
  }

  /** The tensors in an argument, in their order. */
  static List<TensorRef> tensors(@Nullable Object argument) {
    List<TensorRef> all = new ArrayList<>();
    collect(argument, all);
    return all;
  }

  private static void collect(@Nullable Object argument, List<TensorRef> into) {
    if (argument instanceof TensorRef tensor) {
      into.add(tensor);
    } else if (argument instanceof List<?> list) {
      list.forEach(each -> collect(each, into));
    } else if (argument instanceof Map<?, ?> map) {
      map.entrySet().stream()
          .sorted((a, b) -> String.valueOf(a.getKey()).compareTo(String.valueOf(b.getKey())))
          .forEach(each -> collect(each.getValue(), into));
    }
  }

  private static Map<String, Object> named(@Nullable Object json) {
    Map<String, Object> named = new LinkedHashMap<>();
    if (json instanceof Map<?, ?> object) {
      object.forEach((name, value) -> named.put(String.valueOf(name), argument(value)));
    }
    return named;
  }

  /** An argument with its tensors as references, and without what only wraps a constant. */
  private static Object argument(@Nullable Object json) {
    if (json instanceof List<?> list) {
      return isReference(list) ? reference(list) : list.stream().map(CallReader::argument).toList();
    }
    if (!(json instanceof Map<?, ?> object)) {
      return json == null ? Json.NULL : json;
    }
    Map<?, ?> config = object.get("config") instanceof Map<?, ?> inner ? inner : Map.of();
    return switch (String.valueOf(object.get("class_name"))) {
      case "__keras_tensor__" -> argument(config.get("keras_history"));
      case "__numpy__", "__tensor__" -> argument(config.get("value"));
      default -> named(object);
    };
  }

  private static boolean isReference(List<?> list) {
    return list.size() >= 3
        && list.get(0) instanceof String
        && list.get(1) instanceof Long
        && list.get(2) instanceof Long;
  }

  private static TensorRef reference(List<?> list) {
    return new TensorRef(String.valueOf(list.get(0)), index(list.get(1)), index(list.get(2)));
  }

  private static int index(@Nullable Object json) {
    if (!(json instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a reference to call or tensor " + json + " of a layer");
    }
    return number.intValue();
  }
}
