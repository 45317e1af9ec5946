package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file's tensors under names that the zoo might use.
 *
 * @param tensors by name, in the file's order
 */
record NamedTensors(Map<String, Constant> tensors) {
  /** A counter that PyTorch stores beside each batch norm, of no use in inference. */
  private static final String COUNTER = ".num_batches_tracked";

  private static final List<String> WRAPPERS =
      List.of("module.", "_orig_mod.", "model.", "net.", "state_dict.");

  private static final int MAX_WRAPPERS = 4;

  /** The tensors as they are named, then under each scheme that names some of them otherwise. */
  static List<NamedTensors> candidates(Map<String, Constant> file) {
    Map<String, Constant> tensors = unwrapped(file);
    List<NamedTensors> candidates = new ArrayList<>();
    for (NameScheme scheme : NameScheme.ALL) {
      Map<String, Constant> renamed = new LinkedHashMap<>();
      tensors.forEach((name, tensor) -> renamed.put(scheme.renamed(name), tensor));
      if (candidates.isEmpty() || !renamed.keySet().equals(tensors.keySet())) {
        candidates.add(new NamedTensors(renamed));
      }
    }
    return candidates;
  }

  /** Drops counters, and what training tools put before every name, such as {@code module.}. */
  private static Map<String, Constant> unwrapped(Map<String, Constant> file) {
    int skipped = 0;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      skipped += wrapper(file.keySet(), skipped);
    }
    Map<String, Constant> unwrapped = new LinkedHashMap<>();
    for (Map.Entry<String, Constant> tensor : file.entrySet()) {
      if (!tensor.getKey().endsWith(COUNTER)) {
        unwrapped.put(tensor.getKey().substring(skipped), tensor.getValue());
      }
    }
    return unwrapped;
  }

  /** Length of the wrapper that stands in every name at this position, or 0. */
  private static int wrapper(Set<String> names, int at) {
    for (String wrapper : WRAPPERS) {
      if (!names.isEmpty() && names.stream().allMatch(name -> name.startsWith(wrapper, at))) {
        return wrapper.length();
      }
    }
    return 0;
  }
}
