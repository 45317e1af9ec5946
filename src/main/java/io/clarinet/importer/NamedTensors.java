package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file's tensors under names that the zoo might use; only names that differ are kept anew. */
final class NamedTensors {
  /**
   * Ends of names of what PyTorch stores beside weights and inference needs not: a counter of each
   * batch norm, one of averaged weights, what follows from the size of a Swin transformer's
   * windows, and a layer of vision transformers that classifiers do not read.
   */
  private static final List<String> SURPLUS =
      List.of(
          "n_averaged",
          ".num_batches_tracked",
          ".attn.relative_position_index",
          ".attn_mask",
          "vit.pooler.dense.weight",
          "vit.pooler.dense.bias");

  /** Inception's second classifier, which only training has. */
  private static final String AUXILIARY = "AuxLogits.";

  private static final List<String> WRAPPERS =
      List.of("module.", "_orig_mod.", "model.", "net.", "backbone.", "encoder.", "state_dict.");

  private static final int MAX_WRAPPERS = 4;

  private final Map<String, Constant> tensors;
  private final NameScheme scheme;
  private final Map<String, Constant> renamed = new HashMap<>();

  private NamedTensors(Map<String, Constant> tensors, NameScheme scheme) {
    this.tensors = tensors;
    this.scheme = scheme;
    for (Map.Entry<String, Constant> tensor : tensors.entrySet()) {
      String name = scheme.renamed(tensor.getKey());
      if (!name.equals(tensor.getKey())) {
        renamed.put(name, tensor.getValue());
      }
    }
  }

  /** The tensors as they are named, then under each scheme that names some of them otherwise. */
  static List<NamedTensors> candidates(Map<String, Constant> file) {
    Map<String, Constant> tensors = JoinedProjections.of(unwrapped(file));
    List<NamedTensors> candidates = new ArrayList<>();
    for (NameScheme scheme : NameScheme.ALL) {
      NamedTensors named = new NamedTensors(tensors, scheme);
      if (candidates.isEmpty() || !named.renamed.isEmpty()) {
        candidates.add(named);
      }
    }
    return candidates;
  }

  /** The tensor of one of the zoo's names, or null. */
  @Nullable Constant get(String name) {
    Constant tensor = renamed.get(name);
    return tensor == null && scheme.renamed(name).equals(name) ? tensors.get(name) : tensor;
  }

  int size() {
    return tensors.size();
  }

  /** The zoo's names for all, in the file's order. */
  Stream<String> names() {
    return tensors.keySet().stream().map(scheme::renamed);
  }

  /**
   * Drops what is surplus, and what training tools put before every name, such as {@code module.}.
   */
  private static Map<String, Constant> unwrapped(Map<String, Constant> file) {
    Map<String, Constant> weights = new LinkedHashMap<>(file);
    weights.keySet().removeIf(NamedTensors::isSurplus);
    int skipped = 0;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      skipped += wrapper(weights.keySet(), skipped);
    }
    if (skipped == 0) {
      return weights;
    }
    Map<String, Constant> unwrapped = new LinkedHashMap<>();
    for (Map.Entry<String, Constant> tensor : weights.entrySet()) {
      unwrapped.put(tensor.getKey().substring(skipped), tensor.getValue());
    }
    return unwrapped;
  }

  private static boolean isSurplus(String name) {
    return name.contains(AUXILIARY) || SURPLUS.stream().anyMatch(name::endsWith);
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
