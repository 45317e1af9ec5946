package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.Call;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call: each a {@link Value}, a constant as {@link Json} has it, or a list of
 * these.
 */
record CallArguments(List<Object> positional, Map<String, Object> named) {
  CallArguments {
    positional = List.copyOf(positional);
    named = Map.copyOf(named);
  }

  /** The arguments of a call, with the values for its tensors. */
  static CallArguments of(Call call, Function<TensorRef, Value> values) {
    Map<String, Object> named = new LinkedHashMap<>();
    call.named().forEach((name, argument) -> named.put(name, resolved(argument, values)));
    return new CallArguments(
        call.positional().stream().map(argument -> resolved(argument, values)).toList(), named);
  }

  private static Object resolved(Object argument, Function<TensorRef, Value> values) {
    if (argument instanceof List<?> list) {
      return list.stream().map(each -> resolved(each, values)).toList();
    }
    if (argument instanceof Map<?, ?> map && !CallReader.tensors(map).isEmpty()) {
      return CallReader.tensors(map).stream().map(values).toList();
    }
    return argument instanceof TensorRef ref ? values.apply(ref) : argument;
  }

  /**
   * The inputs of a layer that takes tensors only, in their order.
   *
   * @throws UnsupportedOperationException if there is a constant, or a tensor by name beside others
   */
  List<Value> tensors() {
    List<Value> tensors = new ArrayList<>();
    positional.forEach(argument -> collect(argument, tensors));
    List<String> names = new ArrayList<>();
    named.forEach(
        (name, argument) -> {
          List<Value> found = new ArrayList<>();
          if (argument instanceof Value || argument instanceof List<?>) {
            collectAny(argument, found);
          }
          if (!found.isEmpty()) {
            names.add(name);
          }
          if (tensors.isEmpty()) {
            tensors.addAll(found);
          }
        });
    boolean alone = positional.isEmpty() && names.size() == 1;
    if (!names.isEmpty() && !alone) {
      throw new UnsupportedOperationException("a layer that is called with " + names);
    }
    return tensors;
  }

  private static void collect(Object argument, List<Value> into) {
    if (argument instanceof List<?> list) {
      list.forEach(each -> collect(each, into));
    } else if (argument instanceof Value value) {
      into.add(value);
    } else if (argument != Json.NULL) {
      throw new UnsupportedOperationException("a layer that is called with a constant");
    }
  }

  private static void collectAny(Object argument, List<Value> into) {
    if (argument instanceof List<?> list) {
      list.forEach(each -> collectAny(each, into));
    } else if (argument instanceof Value value) {
      into.add(value);
    }
  }

  /** The argument of a place, or of the first of these names that there is; null if none is. */
  @Nullable Object at(int place, String... names) {
    if (place < positional.size()) {
      return positional.get(place) == Json.NULL ? null : positional.get(place);
    }
    for (String name : names) {
      Object found = named.get(name);
      if (found != null && found != Json.NULL) {
        return found;
      }
    }
    return null;
  }
}
