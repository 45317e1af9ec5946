package io.clarinet.importer.pytorch;

import io.clarinet.importer.pytorch.PickleValues.Dictionary;
import io.clarinet.importer.pytorch.PickleValues.Storage;
import io.clarinet.tensor.Constant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The object that {@code torch.save} was given.
 *
 * @param value one of the {@link PickleValues}
 * @param storages finds the elements of its tensors
 */
record Saved(Object value, StorageSource storages) {
  /**
   * Keys under which training scripts keep the state dictionary among other things; that of running
   * averages first, which is the one that they evaluate.
   */
  private static final List<String> WRAPPERS =
      List.of(
          "state_dict_ema",
          "model_ema",
          "ema_state_dict",
          "ema",
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "weights",
          "params");

  private static final int MAX_WRAPPERS = 3;
  private static final int MAX_LISTED = 6;
  private static final int MAX_NAME = 80;

  /** Finds the elements of storages. */
  @FunctionalInterface
  interface StorageSource {

    /** The storage's bytes, as many as it declares. */
    ByteBuffer bytes(Storage storage) throws IOException;
  }

  /** The tensors of the state dictionary by name, in its order. */
  Map<String, Constant> tensors() throws IOException {
    Dictionary outer = PickleValues.as(Dictionary.class, value);
    Map<String, Constant> tensors = tensors(outer, 0);
    if (tensors.isEmpty()) {
      throw none(outer);
    }
    return tensors;
  }

  /** Those of a dictionary within, if there is one; a tensor beside it may be a loss. */
  private Map<String, Constant> tensors(Dictionary dictionary, int depth) throws IOException {
    for (String wrapper : depth < MAX_WRAPPERS ? WRAPPERS : List.<String>of()) {
      if (dictionary.entries.get(wrapper) instanceof Dictionary inner) {
        Map<String, Constant> found = tensors(inner, depth + 1);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return own(dictionary);
  }

  private Map<String, Constant> own(Dictionary dictionary) throws IOException {
    Map<String, Constant> tensors = new LinkedHashMap<>();
    for (Map.Entry<Object, Object> entry : dictionary.entries.entrySet()) {
      if (entry.getKey() instanceof String name
          && entry.getValue() instanceof StridedTensor tensor) {
        tensors.put(name, tensor.over(storages.bytes(tensor.storage())));
      }
    }
    return tensors;
  }

  private static IOException none(Dictionary outer) {
    for (String wrapper : WRAPPERS) {
      if (outer.entries.get(wrapper) instanceof PassedOver whole) {
        return new RefusedException(whole.name());
      }
    }
    String keys =
        outer.entries.keySet().stream()
            .limit(MAX_LISTED)
            .map(Saved::shortened)
            .collect(Collectors.joining(", "));
    return new IOException(
        "it holds no tensors: its keys are [" + keys + "]; save model.state_dict()");
  }

  private static String shortened(Object key) {
    String text = key.toString();
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "...";
  }
}
