package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.Call;
import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.importer.keras.NetworkConfig.TensorRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The calls of nested models, counted from 0 as those of layers. Keras counts a model's own making
 * as its call 0; Keras 3 does so only where it lists outputs, and not for sequential models.
 *
 * @param first the number of each nested model's first call
 */
record CallNumbers(Map<String, Integer> first) {

  /**
   * As these references number them.
   *
   * @param usual the first call's number where the references do not tell
   */
  static CallNumbers of(List<LayerSpec> layers, List<TensorRef> references, int usual) {
    Map<String, List<TensorRef>> uses =
        references.stream().collect(Collectors.groupingBy(TensorRef::layer));
    Map<String, Integer> first = new HashMap<>();
    for (LayerSpec layer : layers) {
      if (layer.nested() != null) {
        List<TensorRef> own = uses.getOrDefault(layer.name(), List.of());
        boolean zero = own.stream().anyMatch(ref -> ref.call() == 0);
        boolean past = own.stream().anyMatch(ref -> ref.call() == layer.calls().size());
        first.put(layer.name(), zero ? 0 : past ? 1 : usual);
      }
    }
    return new CallNumbers(first);
  }

  List<TensorRef> counted(List<TensorRef> references) {
    return references.stream().map(this::counted).toList();
  }

  LayerSpec counted(LayerSpec layer) {
    return layer.with(layer.calls().stream().map(this::counted).toList());
  }

  private Call counted(Call call) {
    Map<String, Object> named = new LinkedHashMap<>();
    call.named().forEach((name, argument) -> named.put(name, counted(argument)));
    return new Call(call.positional().stream().map(this::counted).toList(), named);
  }

  private Object counted(Object argument) {
    if (argument instanceof List<?> list) {
      return list.stream().map(this::counted).toList();
    }
    return argument instanceof TensorRef ref ? counted(ref) : argument;
  }

  private TensorRef counted(TensorRef ref) {
    int number = ref.call() - first.getOrDefault(ref.layer(), 0);
    return new TensorRef(ref.layer(), Math.max(0, number), ref.tensor());
  }
}
