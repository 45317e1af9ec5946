package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.Call;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a layer's inputs come from: lists {@code [layer, call, tensor, arguments]} of Keras 1
 * and 2, or the argument objects of Keras 3, whose tensors have a {@code keras_history}.
 */
final class CallReader {
  private CallReader() {}

  /** One call of a layer. */
  static Call read(@Nullable Object json) {
    List<TensorRef> inputs = new ArrayList<>();
    collect(json, inputs);
    return new Call(inputs, isTraining(json));
  }

  /** The tensors that {@code input_layers} or {@code output_layers} list. */
  static List<TensorRef> references(@Nullable Object json) {
    List<TensorRef> all = new ArrayList<>();
    collect(json, all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("the model does not list its inputs and outputs");
    }
    return all;
  }

  private static void collect(@Nullable Object json, List<TensorRef> into) {
    if (json instanceof Map<?, ?> object) {
      if (object.get("keras_history") != null) {
        collect(object.get("keras_history"), into);
      } else if ("__keras_tensor__".equals(object.get("class_name"))) {
        collect(object.get("config"), into);
      } else if (object.get("args") != null) {
        collect(object.get("args"), into);
        requireNoTensors(object.get("kwargs"));
      }
    } else if (json instanceof List<?> list) {
      if (list.size() >= 3 && list.get(0) instanceof String layer) {
        into.add(new TensorRef(layer, index(list.get(1)), index(list.get(2))));
        requireNoTensors(list.size() > 3 ? list.get(3) : null);
      } else {
        list.forEach(each -> collect(each, into));
      }
    }
  }

  /** Tensors may be passed by name too; nothing that is supported does so. */
  private static void requireNoTensors(@Nullable Object json) {
    if (json instanceof Map<?, ?> keywords) {
      List<TensorRef> found = new ArrayList<>();
      keywords.values().forEach(value -> collect(value, found));
      if (!found.isEmpty()) {
        throw new UnsupportedOperationException("a layer that is called with " + keywords.keySet());
      }
    }
  }

  private static int index(@Nullable Object json) {
    if (!(json instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
      throw new UnsupportedOperationException("a layer that is called with a constant");
    }
    return number.intValue();
  }

  private static boolean isTraining(@Nullable Object json) {
    if (json instanceof Map<?, ?> object) {
      return Boolean.TRUE.equals(object.get("training")) || isTraining(object.get("kwargs"));
    }
    return json instanceof List<?> list && list.stream().anyMatch(CallReader::isTraining);
  }
}
