package io.clarinet.importer.pytorch;

import io.clarinet.importer.pytorch.PickleValues.Dictionary;
import java.io.IOException;
import java.util.Map;

/**
 * The parameters of a TorchScript program's modules, which are dictionaries in dictionaries, under
 * the names of a state dictionary: {@code layer1.0.conv1.weight}.
 */
final class ScriptModule {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_MODULES = 1 << 16;

  private final Dictionary parameters = new Dictionary();
  private int modules;

  private ScriptModule() {}

  /**
   * All parameters as one dictionary.
   *
   * @throws IOException if there are none, or modules hold modules without end
   */
  static Dictionary flattened(Object program) throws IOException {
    ScriptModule flat = new ScriptModule();
    flat.add("", PickleValues.as(Dictionary.class, program), 0);
    if (flat.parameters.entries.isEmpty()) {
      throw new IOException(
          "a TorchScript program without parameters, such as torch.jit.freeze makes; export the"
              + " model to ONNX");
    }
    return flat.parameters;
  }

  private void add(String prefix, Dictionary module, int depth) throws IOException {
    modules++;
    if (depth > MAX_DEPTH || modules > MAX_MODULES) {
      throw new IOException("modules hold modules without end");
    }
    for (Map.Entry<Object, Object> entry : module.entries.entrySet()) {
      if (entry.getValue() instanceof StridedTensor tensor) {
        parameters.put(prefix + entry.getKey(), tensor);
      } else if (entry.getValue() instanceof Dictionary inner) {
        add(prefix + entry.getKey() + ".", inner, depth + 1);
      }
    }
  }
}
